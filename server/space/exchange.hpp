#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "server/catalogue/error.hpp"
#include "server/catalogue/readings.hpp"
#include "server/http/message.hpp"
#include "server/http/parameters.hpp"
#include "server/space/space.hpp"

namespace engage::server::space {

/// What was decided about a request on its way to an answer.
struct Decisions {
    catalogue::Readings readings;                 ///< And the facts that the answer rests on.
    std::optional<std::uint64_t> project_id{};    ///< Once it is known who asks for which.
    bool is_counted = false;                      ///< Against the hourly quota.
    std::string session_id{};                     ///< Of the session that the answer is a page of; empty: of none.
    std::uint64_t page = 0;                       ///< Of that session.
    const catalogue::ErrorInfo* error = nullptr;  ///< Why it was refused; null for an answer.
    std::string message{};                        ///< What the refusal says.
    http::Parameters parameters{};                ///< As an endpoint of the query API read them.
    std::string failure{};                        ///< Of an answer that failed inside: what went wrong.
};

/// A request on its way. Holds references only; lives as long as the answer is made.
struct Call {
    const http::HttpRequest& http;
    Space& space;
    ProjectsPtr projects;                         ///< What is served; null before anything is.
    time::TimePoint now;                          ///< When it came, by the clock of the space: read once.
    std::chrono::steady_clock::time_point begun;  ///< The same by a clock that nobody moves.
    Decisions& decisions;

    /// How long the answer has taken; nothing while the clock of the space stands still.
    time::Duration elapsed() const;
};

/// A request, its answer and what was decided on the way: made for every request, refused ones as well. Holds
/// references only: who wants to keep something copies it.
struct Exchange {
    const http::HttpRequest& request;
    const http::HttpResponse& response;
    const Decisions& decisions;
    const Space& space;
    time::TimePoint now;                             ///< See `Call`.
    std::chrono::system_clock::time_point received;  ///< By the wall clock.
    std::chrono::steady_clock::duration took;        ///< Until the answer was made.
};

/// Is told of every exchange once its answer is made and before it is sent, from several threads at once. Must not
/// throw.
class ExchangeObserver {
public:
    virtual ~ExchangeObserver() = default;
    virtual void answered(const Exchange& exchange) noexcept = 0;
};

/// An error of the emulator's own or of a request that nobody could read: no switch of fidelity has a say.
http::HttpResponse refuse(const Call& call, const catalogue::ApiError& error);

/// The answer as the client gets it, in the form of `http::to_response`; what was refused is noted among the decisions.
http::HttpResponse respond(const Call& call, Expected<http::HttpResponse, catalogue::ApiError> response);

}  // namespace engage::server::space
