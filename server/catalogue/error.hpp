#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/catalogue/basis.hpp"
#include "server/catalogue/header.hpp"

namespace engage::server::catalogue {

/// Which JSON keys an error body has.
enum class Envelope : unsigned char {
    kRequestAndError,  ///< `{"request": "…", "error": "…"}`
    kErrorOnly,        ///< `{"error": "…"}`
    kErrorAndStatus,   ///< `{"error":"…","status":"error"}`, of the App API.
};

/// What a client can cause: a row of errors/*.def, the only places where a status and a text stand. A row exists once;
/// its address is its identity.
struct ErrorInfo {
    std::string_view name;  ///< Stable name for docs and headers, e.g. "bad-where".
    int status;
    std::string_view text;  ///< Each `{}` stands for one detail of the error.
    Envelope envelope;
    Basis basis;  ///< Of status and text together: the weaker one.
    std::string_view source;
};

/// One refusal. `details` fill the `{}` of the row's text in order.
struct ApiError {
    std::reference_wrapper<const ErrorInfo> row;
    std::vector<std::string> details{};
    std::vector<Header> headers{};       ///< Beside those that every error carries.
    std::optional<Envelope> envelope{};  ///< In place of the row's: where it is met decides.

    const ErrorInfo& info() const { return row; }
    bool is(const ErrorInfo& other) const { return &row.get() == &other; }
};

inline constexpr int kOk = 200;

/// In the order of docs/fidelity.md.
std::span<const ErrorInfo* const> all_errors();
/// The text that the client reads.
std::string message(const ApiError& error);

}  // namespace engage::server::catalogue
