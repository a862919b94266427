#pragma once

#include <map>

#include "server/access/rate_limiter.hpp"
#include "server/http/message.hpp"
#include "server/query/served_projects.hpp"
#include "server/query/sessions.hpp"
#include "server/settings.hpp"

namespace engage::server {

/// `/__admin/…`: what a test suite steers the emulator with. The real service has nothing like it. Takes no quota and
/// no slot.
struct ControlEndpoint {
    /// The variables that make clients find the emulator.
    struct Environment {
        std::string shell;
        std::string json;
    };

    const std::map<std::uint64_t, ServedProject>& projects;
    const Settings& settings;
    RateLimiter& limiter;
    SessionStore& sessions;
    MatchCache& cache;
    Clock& clock;
    std::chrono::steady_clock::time_point started;
    const Environment& environment;

    HttpResponse operator()(const HttpRequest& request) const;

private:
    Expected<void, ApiError> admit(const HttpRequest& request) const;
    Expected<std::string, ApiError> answer(const HttpRequest& request) const;
    std::string health() const;
    std::string limits() const;
    std::string clock_state() const;
};

}  // namespace engage::server
