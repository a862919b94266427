#include "server/control/control_endpoint.hpp"

#include <nlohmann/json.hpp>

#include "server/access/basic_credentials.hpp"
#include "server/catalogue/errors/emulator.hpp"
#include "server/catalogue/ledger.hpp"
#include "server/control/clock_command.hpp"
#include "server/control/explain_command.hpp"
#include "server/http/authority.hpp"
#include "server/http/error_response.hpp"
#include "server/http/headers.hpp"
#include "server/time/time_text.hpp"
#include "server/version.hpp"

namespace engage::server::control {

namespace {

using nlohmann::ordered_json;

constexpr std::string_view kPrefix = "/__admin/";
constexpr std::string_view kClockPrefix = "clock/";
constexpr std::string_view kEndpoints =
    "GET /__admin/health, GET /__admin/clock, POST /__admin/clock/{freeze,advance,set,resume}, GET /__admin/limits, "
    "GET /__admin/fidelity, GET /__admin/environment, POST /__admin/explain, POST /__admin/reset";

catalogue::ApiError bad_request(std::string text) { return {catalogue::errors::kBadControlRequest, {std::move(text)}}; }

}  // namespace

std::string ControlEndpoint::health() const {
    std::size_t profiles = 0;
    for (const auto& [id, served] : projects) profiles += served.project->users->size();
    const auto uptime = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - started);
    return ordered_json{{"status", "healthy"},
                        {"version", kVersion},
                        {"uptimeInSeconds", uptime.count()},
                        {"timestamp", time::format_instant(clock.now())},
                        {"projects", projects.size()},
                        {"profiles", profiles},
                        {"sessions", sessions.size()}}
        .dump();
}

std::string ControlEndpoint::limits() const {
    auto list = ordered_json::array();
    for (const auto& [id, served] : projects) {
        const auto usage = limiter.usage(id, clock.now());
        list.push_back({{"project_id", id}, {"last_hour", usage.last_hour}, {"running", usage.running}});
    }
    return ordered_json{{"limits", list}}.dump();
}

std::string ControlEndpoint::clock_state() const {
    return ordered_json{{"now", time::format_instant(clock.now())}, {"frozen", clock.is_frozen()}}.dump();
}

Expected<std::string, catalogue::ApiError> ControlEndpoint::answer(const http::HttpRequest& request) const {
    auto name = request.path();
    name.remove_prefix(std::min(kPrefix.size(), name.size()));
    const bool is_get = request.method == "GET" || request.method == "HEAD";
    const bool is_post = request.method == "POST" || request.method == "PUT";
    if (is_get && name == "health") return health();
    if (is_get && name == "clock") return clock_state();
    if (is_get && name == "limits") return limits();
    if (is_get && name == "environment") return environment.json;
    if (is_get && name == "environment.sh") return environment.shell;
    if (is_get && name == "fidelity") return catalogue::fidelity_json(settings.switches);
    if (is_post && name == "explain") {
        auto explanation = run_explain_command(request.body, projects, settings, clock);
        if (!explanation) return unexpected(bad_request(explanation.error()));
        return std::move(*explanation);
    }
    if (is_post && name == "reset") {
        sessions.reset();
        cache.reset();
        limiter.reset();
        clock.reset();
        return clock_state();
    }
    if (is_post && name.starts_with(kClockPrefix)) {
        if (auto done = run_clock_command(name.substr(kClockPrefix.size()), request.body, clock); !done)
            return unexpected(bad_request(done.error()));
        return clock_state();
    }
    return unexpected(
        catalogue::ApiError{catalogue::errors::kUnknownControlEndpoint,
                            {request.method + " " + std::string(request.path()), std::string(kEndpoints)}});
}

// A page in a browser can send requests to this machine: directly, which its Origin tells, or under a name of its own
// that leads here (DNS rebinding), which the Host tells.
Expected<void, catalogue::ApiError> ControlEndpoint::admit(const http::HttpRequest& request) const {
    const auto is_page_of_ours = [](std::string_view origin) {
        const auto scheme = origin.find("://");
        return scheme != std::string_view::npos && http::is_ours(http::host_of(origin.substr(scheme + 3)));
    };
    for (const auto origin : request.all("Origin"))
        if (!is_page_of_ours(origin))
            return unexpected(catalogue::ApiError{catalogue::errors::kForeignOrigin, {std::string(origin)}});
    if (!settings.control_token.empty()) {
        if (access::equal_secret("Bearer " + settings.control_token, request.header("Authorization"))) return {};
        return unexpected(catalogue::ApiError{catalogue::errors::kControlToken});
    }
    for (const auto host : request.all("Host"))
        if (!host.empty() && !http::is_ours(http::host_of(host)))
            return unexpected(catalogue::ApiError{catalogue::errors::kForeignControlHost, {std::string(host)}});
    return {};
}

http::HttpResponse ControlEndpoint::operator()(const http::HttpRequest& request) const {
    auto body = admit(request).and_then([&] { return answer(request); });
    if (!body) return http::to_response(body.error(), request.target);
    return {.status = catalogue::kOk, .headers = http::control_headers(), .body = std::move(*body)};
}

}  // namespace engage::server::control
