#include "server/query/endpoints/query_pipeline.hpp"

#include <algorithm>
#include <cctype>

#include "server/access/region.hpp"
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
    return {.counted = switches.is(catalogue::SwitchId::kQuotaSessionPages, "counted"),
            .takes_slot = switches.is(catalogue::SwitchId::kConcurrencySessionPages, "on")};
}

void note_limits(bool is_page, const access::QueryLimits& limits, catalogue::Evidence& evidence) {
    if (limits.per_hour) evidence.note(catalogue::Behaviour::kHourlyWindow);
    if (limits.concurrent) evidence.note(catalogue::Behaviour::kConcurrencyLimit);
    if (limits.per_second) evidence.note(catalogue::Behaviour::kPerSecondLimit);
    if (is_page && limits.per_hour) evidence.note(catalogue::SwitchId::kQuotaSessionPages);
}

/// The function that a page wants to be called with the answer; empty: none.
Expected<std::string, catalogue::ApiError> callback_of(const http::Parameters& parameters) {
    const auto* parameter = parameters.find("callback");
    if (!parameter) return std::string();
    const auto is_of_name = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '$' || c == '.'; };
    const auto& name = parameter->text;
    if (std::all_of(name.begin(), name.end(), is_of_name) && std::isdigit(static_cast<unsigned char>(name[0])) == 0)
        return name;
    return unexpected(request::refusal(catalogue::ErrorCode::kBadCallback, name));
}

http::HttpResponse wrapped(std::string body, const std::string& callback, catalogue::Evidence& evidence) {
    http::HttpResponse response{.status = catalogue::kOk, .headers = http::api_headers(), .body = std::move(body)};
    if (callback.empty()) return response;
    evidence.note(catalogue::Behaviour::kCallback);
    response.body = callback + '(' + response.body + ");";
    for (auto& [name, value] : response.headers)
        if (name == "Content-Type") value = "text/javascript";
    return response;
}

Expected<void, catalogue::ApiError> check_region(const http::HttpRequest& request,
                                                 const fixtures::project::Project& project,
                                                 const catalogue::Switches& switches, catalogue::Evidence& evidence) {
    const auto region = access::region_of(request);
    if (!access::is_elsewhere(project, region)) return {};
    evidence.note(catalogue::SwitchId::kRegionWrong);
    if (switches.is(catalogue::SwitchId::kRegionWrong, "answer")) return {};
    return unexpected(catalogue::ApiError{catalogue::ErrorCode::kWrongRegion, {access::cluster_name(region)}});
}

void note_request(const http::HttpRequest& request, const http::Parameters& parameters, catalogue::Evidence& evidence) {
    if (!request.path().starts_with("/api/query/") || request.path().ends_with('/'))
        evidence.note(catalogue::Behaviour::kPaths);
    if (request.method == "GET") evidence.note(catalogue::Behaviour::kMethods);
    if (request.method == "HEAD") evidence.note(catalogue::Behaviour::kHead);
    const bool may_be_json = request.body.find('{') != std::string::npos;
    if (!request.body.empty() && (may_be_json || !request.query().empty()))
        evidence.note(catalogue::Behaviour::kParameterMerge);
    if (parameters.has_empty()) evidence.note(catalogue::Behaviour::kEmptyIsAbsent);
    if (parameters.has_latin1()) evidence.note(catalogue::Behaviour::kLatin1);
}

}  // namespace

http::HttpResponse QueryPipeline::run(const http::HttpRequest& request, const QueryEndpoint& endpoint) const {
    catalogue::Evidence evidence(settings.switches);
    return http::to_response(answer(request, endpoint, evidence), evidence, settings.switches, request.target);
}

http::HttpResponse QueryPipeline::preflight(const http::HttpRequest& request) const {
    catalogue::Evidence evidence(settings.switches);
    evidence.note(catalogue::Behaviour::kPreflight);
    return http::to_response(http::HttpResponse{.status = catalogue::kOk, .headers = http::preflight_headers()},
                             evidence, settings.switches, request.target);
}

// The order authenticate, admit, validate is a fact to imitate: it decides which error wins and what is counted.
Expected<http::HttpResponse, catalogue::ApiError> QueryPipeline::answer(const http::HttpRequest& request,
                                                                        const QueryEndpoint& endpoint,
                                                                        catalogue::Evidence& evidence) const {
    const auto now = clock.now();
    const auto parameters = http::Parameters::of(request);
    note_request(request, parameters, evidence);
    const auto project = authentication.authenticate(request, parameters, now, evidence);
    if (!project) return unexpected(project.error());
    if (auto region = check_region(request, **project, settings.switches, evidence); !region)
        return unexpected(std::move(region.error()));
    const auto limits = limits_of(**project, settings);
    const bool is_page = endpoint.has_sessions && parameters.find("session_id");
    note_limits(is_page, limits, evidence);
    auto permit = limiter.admit((*project)->project_id, limits, weight_of(is_page, settings.switches), now);
    if (!permit) return unexpected(std::move(permit.error()));
    const auto callback = callback_of(parameters);
    if (!callback) return unexpected(callback.error());
    auto body = endpoint.answer({.http = request,
                                 .parameters = parameters,
                                 .served = projects.at((*project)->project_id),
                                 .now = now,
                                 .evidence = evidence});
    if (!body) return unexpected(std::move(body.error()));
    auto response = wrapped(std::move(*body), *callback, evidence);
    response.headers.emplace_back("X-Server-Elapsed", time::format_elapsed(clock.now() - now));
    response.headers.emplace_back("Query-Ids", ids.next());
    response.lease = std::move(*permit);
    return response;
}

}  // namespace engage::server::query::endpoints
