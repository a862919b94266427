#pragma once

#include <map>

#include "server/access/rate_limiter.hpp"
#include "server/catalogue/settings.hpp"
#include "server/http/message.hpp"
#include "server/space/served_projects.hpp"
#include "server/space/sessions.hpp"

namespace engage::server::control {

/// `/__admin/…`: what a test suite steers the emulator with. The real service has nothing like it. Takes no quota and
/// no slot.
struct ControlEndpoint {
    /// The variables that make clients find the emulator.
    struct Environment {
        std::string shell;
        std::string json;
    };

    const std::map<std::uint64_t, space::ServedProject>& projects;
    const catalogue::Settings& settings;
    access::RateLimiter& limiter;
    space::SessionStore& sessions;
    space::MatchCache& cache;
    time::Clock& clock;
    std::chrono::steady_clock::time_point started;
    const Environment& environment;

    http::HttpResponse operator()(const http::HttpRequest& request) const;

private:
    Expected<void, catalogue::ApiError> admit(const http::HttpRequest& request) const;
    Expected<std::string, catalogue::ApiError> answer(const http::HttpRequest& request) const;
    std::string health() const;
    std::string limits() const;
    std::string clock_state() const;
};

}  // namespace engage::server::control
