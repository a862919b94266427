#include "server/query/endpoints/query_pipeline.hpp"

#include <algorithm>
#include <cctype>

#include "server/access/region.hpp"
#include "server/catalogue/errors/access.hpp"
#include "server/catalogue/errors/parameters.hpp"
#include "server/catalogue/errors/requests.hpp"
#include "server/catalogue/facts/requests.hpp"
#include "server/catalogue/switches/limits.hpp"
#include "server/catalogue/switches/service.hpp"
#include "server/http/error_response.hpp"
#include "server/http/headers.hpp"
#include "server/query/request/refusal.hpp"

namespace engage::server::query::endpoints {

namespace {

access::QueryLimits limits_of(const fixtures::project::Project& project, const catalogue::Settings& settings) {
    if (!settings.rate_limited) return {};
    const auto& quota = project.quota;
    return {.per_hour = settings.per_hour.value_or(quota.per_hour),
            .concurrent = settings.concurrent.value_or(quota.concurrent),
            .per_second = settings.per_second ? settings.per_second : quota.per_second};
}

/// Known before the parameters are checked: only whether a session is named matters.
access::QueryWeight weight_of(bool is_page, const catalogue::Switches& switches) {
    if (!is_page) return {};
    return {.counted = switches.choice(catalogue::switches::kQuotaSessionPages) ==
                       catalogue::switches::QuotaSessionPages::kCounted,
            .takes_slot = switches.choice(catalogue::switches::kConcurrencySessionPages) ==
                          catalogue::switches::ConcurrencySessionPages::kOn};
}

void note_limits(bool is_page, const access::QueryLimits& limits, catalogue::Readings& readings) {
    if (limits.per_hour) readings.note(catalogue::facts::kHourlyWindow);
    if (limits.concurrent) readings.note(catalogue::facts::kConcurrencyLimit);
    if (limits.per_second) readings.note(catalogue::facts::kPerSecondLimit);
    if (is_page && limits.per_hour) readings.note(catalogue::switches::kQuotaSessionPages);
}

/// The function that a page wants to be called with the answer; empty: none.
Expected<std::string, catalogue::ApiError> callback_of(const http::Parameters& parameters) {
    const auto* parameter = parameters.find("callback");
    if (!parameter) return std::string();
    const auto is_of_name = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '$' || c == '.'; };
    const auto& name = parameter->text;
    if (std::all_of(name.begin(), name.end(), is_of_name) && std::isdigit(static_cast<unsigned char>(name[0])) == 0)
        return name;
    return unexpected(request::refusal(catalogue::errors::kBadCallback, name));
}

http::HttpResponse wrapped(std::string body, const std::string& callback, catalogue::Readings& readings) {
    http::HttpResponse response{.status = catalogue::kOk, .headers = http::query_headers(), .body = std::move(body)};
    if (callback.empty()) return response;
    readings.note(catalogue::facts::kCallback);
    response.body = callback + '(' + response.body + ");";
    for (auto& [name, value] : response.headers)
        if (name == "Content-Type") value = "text/javascript";
    return response;
}

Expected<void, catalogue::ApiError> check_region(const http::HttpRequest& request,
                                                 const fixtures::project::Project& project,
                                                 catalogue::Readings& readings) {
    const auto region = access::region_of(request);
    if (!access::is_elsewhere(project, region)) return {};
    if (readings.choose(catalogue::switches::kRegionWrong) == catalogue::switches::RegionWrong::kAnswer) return {};
    return unexpected(catalogue::ApiError{catalogue::errors::kWrongRegion, {access::cluster_name(region)}});
}

void note_request(const http::HttpRequest& request, const http::Parameters& parameters, catalogue::Readings& readings) {
    if (!request.path().starts_with("/api/query/") || request.path().ends_with('/'))
        readings.note(catalogue::facts::kPaths);
    if (request.method == "GET") readings.note(catalogue::facts::kMethods);
    if (request.method == "HEAD") readings.note(catalogue::facts::kHead);
    const bool may_be_json = request.body.find('{') != std::string::npos;
    if (!request.body.empty() && (may_be_json || !request.query().empty()))
        readings.note(catalogue::facts::kParameterMerge);
    if (parameters.has_empty()) readings.note(catalogue::facts::kEmptyIsAbsent);
    if (parameters.has_latin1()) readings.note(catalogue::facts::kLatin1);
}

/// Lets the request in: whose it is and what it counts.
Expected<access::RateLimiter::Permit, catalogue::ApiError> admit(const space::Call& call,
                                                                 const fixtures::project::Project& project,
                                                                 bool is_page) {
    auto& space = call.space;
    auto& decisions = call.decisions;
    const auto limits = limits_of(project, space.settings);
    note_limits(is_page, limits, decisions.readings);
    const auto weight = weight_of(is_page, space.settings.switches);
    auto permit = space.limiter.admit(project.project_id, limits, weight, call.now);
    decisions.is_counted = permit && weight.counted;
    return permit;
}

// The order authenticate, admit, validate is a fact to imitate: it decides which error wins and what is counted.
Expected<http::HttpResponse, catalogue::ApiError> answered(const space::Call& call, Answer answer, bool has_sessions) {
    auto& readings = call.decisions.readings;
    call.decisions.parameters = http::Parameters::of(call.http);
    const auto& parameters = call.decisions.parameters;
    note_request(call.http, parameters, readings);
    // Before authentication, because who asks and for which project may stand in the body that cannot be read.
    if (!parameters.repeated_key().empty())
        return unexpected(catalogue::ApiError{catalogue::errors::kRepeatedKey, {parameters.repeated_key()}});
    const auto project = call.projects->authentication.authenticate(call.http, parameters, call.now, readings);
    if (!project) return unexpected(project.error());
    call.decisions.project_id = (*project)->project_id;
    if (auto region = check_region(call.http, **project, readings); !region)
        return unexpected(std::move(region.error()));
    auto permit = admit(call, **project, has_sessions && parameters.find("session_id"));
    if (!permit) return unexpected(std::move(permit.error()));
    const auto callback = callback_of(parameters);
    if (!callback) return unexpected(callback.error());
    const auto snapshot = call.projects->find((*project)->project_id);
    auto body = answer({.http = call.http,
                        .parameters = parameters,
                        .space = call.space,
                        .snapshot = snapshot,
                        .now = call.now,
                        .readings = readings,
                        .decisions = call.decisions});
    if (!body) return unexpected(std::move(body.error()));
    auto response = wrapped(std::move(*body), *callback, readings);
    response.headers.emplace_back("Query-Ids", call.space.ids.next());
    response.lease = std::move(*permit);
    return response;
}

}  // namespace

http::HttpResponse run(const space::Call& call, Answer answer, bool has_sessions) {
    return space::respond(call, answered(call, answer, has_sessions));
}

http::HttpResponse preflight(const space::Call& call) {
    call.decisions.readings.note(catalogue::facts::kPreflight);
    return space::respond(call, http::HttpResponse{.status = catalogue::kOk, .headers = http::preflight_headers()});
}

}  // namespace engage::server::query::endpoints
