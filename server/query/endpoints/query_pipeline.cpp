#include "server/query/endpoints/query_pipeline.hpp"

#include <algorithm>
#include <cctype>

#include "server/access/region.hpp"
#include "server/catalogue/errors/access.hpp"
#include "server/catalogue/errors/parameters.hpp"
#include "server/catalogue/facts/requests.hpp"
#include "server/catalogue/switches/limits.hpp"
#include "server/catalogue/switches/service.hpp"
#include "server/http/error_response.hpp"
#include "server/http/evident_response.hpp"
#include "server/http/headers.hpp"
#include "server/query/request/refusal.hpp"
#include "server/time/time_text.hpp"

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
    http::HttpResponse response{.status = catalogue::kOk, .headers = http::api_headers(), .body = std::move(body)};
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

}  // namespace

http::HttpResponse QueryPipeline::run(const http::HttpRequest& request, const QueryEndpoint& endpoint) const {
    catalogue::Readings readings(settings.switches);
    return http::to_response(answer(request, endpoint, readings), readings, request.target);
}

http::HttpResponse QueryPipeline::preflight(const http::HttpRequest& request) const {
    catalogue::Readings readings(settings.switches);
    readings.note(catalogue::facts::kPreflight);
    return http::to_response(http::HttpResponse{.status = catalogue::kOk, .headers = http::preflight_headers()},
                             readings, request.target);
}

// The order authenticate, admit, validate is a fact to imitate: it decides which error wins and what is counted.
Expected<http::HttpResponse, catalogue::ApiError> QueryPipeline::answer(const http::HttpRequest& request,
                                                                        const QueryEndpoint& endpoint,
                                                                        catalogue::Readings& readings) const {
    const auto now = clock.now();
    const auto parameters = http::Parameters::of(request);
    note_request(request, parameters, readings);
    const auto project = authentication.authenticate(request, parameters, now, readings);
    if (!project) return unexpected(project.error());
    if (auto region = check_region(request, **project, readings); !region) return unexpected(std::move(region.error()));
    const auto limits = limits_of(**project, settings);
    const bool is_page = endpoint.has_sessions && parameters.find("session_id");
    note_limits(is_page, limits, readings);
    auto permit = limiter.admit((*project)->project_id, limits, weight_of(is_page, settings.switches), now);
    if (!permit) return unexpected(std::move(permit.error()));
    const auto callback = callback_of(parameters);
    if (!callback) return unexpected(callback.error());
    auto body = endpoint.answer({.http = request,
                                 .parameters = parameters,
                                 .served = projects.at((*project)->project_id),
                                 .now = now,
                                 .readings = readings});
    if (!body) return unexpected(std::move(body.error()));
    auto response = wrapped(std::move(*body), *callback, readings);
    response.headers.emplace_back("X-Server-Elapsed", time::format_elapsed(clock.now() - now));
    response.headers.emplace_back("Query-Ids", ids.next());
    response.lease = std::move(*permit);
    return response;
}

}  // namespace engage::server::query::endpoints
