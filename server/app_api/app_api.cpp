#include "server/app_api/app_api.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "expr/text/parse_whole.hpp"
#include "server/access/region.hpp"
#include "server/app_api/app_cohorts.hpp"
#include "server/app_api/membership.hpp"
#include "server/catalogue/errors/app_api.hpp"
#include "server/catalogue/errors/requests.hpp"
#include "server/catalogue/facts/endpoints.hpp"
#include "server/catalogue/switches/service.hpp"
#include "server/http/headers.hpp"
#include "server/query/request/parameter_rules.hpp"

namespace engage::server::app_api {

namespace {

/// The JSON text of `results`, or why there is none.
using Results = Expected<std::string, catalogue::ApiError>;

// The first part of every path that clients are known to ask for.
constexpr std::array<std::string_view, 6> kAreas = {"data-deletions", "data-retrievals", "me",
                                                    "organizations",  "projects",        "workspaces"};
// The same below `projects/{id}`: mixpanel/mixpanel-headless, NangoHQ/integration-templates,
// docs.mixpanel.com/reference.
constexpr std::array<std::string_view, 21> kProjectAreas = {
    "alerts",           "annotations",       "bookmarks",         "cohorts",
    "custom_events",    "custom_properties", "dashboards",        "data-definitions",
    "data-groups",      "drop-filters",      "experiments",       "feature-flags",
    "lookup-tables",    "members",           "metrics",           "schemas",
    "service-accounts", "warehouse-imports", "warehouse-sources", "webhooks",
    "workspaces"};

template <std::size_t kSize>
bool is_one_of(const std::array<std::string_view, kSize>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

catalogue::ApiError not_found(const AppRequest& request) {
    return {catalogue::errors::kAppNotFound, {std::string(request.http.path())}};
}

/// The project of `/api/app/projects/{id}/…`. A project that nobody serves is one that nobody is a member of.
Expected<access::ProjectPtr, catalogue::ApiError> project_of(const AppRequest& request) {
    const auto text = request.path[1];
    const auto& projects = request.account.projects;
    const auto found = std::find_if(projects.begin(), projects.end(),
                                    [&](const auto& project) { return std::to_string(project->project_id) == text; });
    if (found != projects.end()) return *found;
    if (text.find_first_not_of("0123456789") != std::string_view::npos) return unexpected(not_found(request));
    return unexpected(catalogue::ApiError{catalogue::errors::kAppNotAMember,
                                          {std::to_string(user_id(request.account.username)), std::string(text)}});
}

catalogue::ApiError not_emulated(const AppRequest& request) {
    return {catalogue::errors::kEndpointNotEmulated, {std::string(request.http.path())}};
}

bool reads(const AppRequest& request) { return request.http.method == "GET" || request.http.method == "HEAD"; }

/// What is only read, with these parameters.
template <class Read>
Results read_only(const AppRequest& request, std::span<const query::request::ParameterRule> rules, Read read) {
    if (!reads(request))
        return unexpected(catalogue::ApiError{
            catalogue::errors::kAppMethodNotAllowed, {request.http.method}, {{"Allow", "GET, OPTIONS"}}});
    if (auto checked = query::request::check_names(request.parameters, request.http.path(), rules, request.readings);
        !checked)
        return unexpected(std::move(checked.error()));
    return read();
}

constexpr std::array kMeRules = {query::request::ParameterRule{"workspace_id"}};
constexpr std::array kCohortRules = {query::request::ParameterRule{"data_group_id"},
                                     query::request::ParameterRule{"ids"}};

/// Cohorts can be written there as well, which is not built.
Results results_of_cohorts(const AppRequest& request, const fixtures::project::Project& project) {
    constexpr std::size_t kMostParts = 4;
    if (!reads(request))
        return unexpected(catalogue::ApiError{catalogue::errors::kEndpointNotEmulated,
                                              {request.http.method + ' ' + std::string(request.http.path())}});
    if (request.path.size() > kMostParts) return unexpected(not_emulated(request));
    return read_only(request, kCohortRules, [&] {
        return app_cohorts(request, request.served.at(project.project_id),
                           request.path.size() == kMostParts ? request.path[3] : std::string_view{});
    });
}

Results results_of_project(const AppRequest& request) {
    const auto project = project_of(request);
    if (!project) return unexpected(project.error());
    const auto below = std::span(request.path).subspan(2);
    if (below.empty()) return unexpected(not_emulated(request));
    if (!is_one_of(kProjectAreas, below[0])) return unexpected(not_found(request));
    if (below[0] == "cohorts") return results_of_cohorts(request, **project);
    if (below[0] == "data-groups" && below.size() == 1)
        return read_only(request, {}, [&]() -> Results {
            request.readings.note(catalogue::facts::kDataGroupList);
            return data_groups_of(**project);
        });
    if (below[0] == "workspaces" && below.size() == 2 && below[1] == "public")
        return read_only(request, {}, [&]() -> Results {
            request.readings.note(catalogue::facts::kMembership);
            return workspaces_of(**project);
        });
    return unexpected(not_emulated(request));
}

/// The project of `/api/app/workspaces/{id}/…`.
Expected<access::ProjectPtr, catalogue::ApiError> project_of_workspace(const AppRequest& request) {
    const auto workspace = expr::text::parse_whole<std::uint64_t>(request.path[1]);
    const auto has_it = [&](const fixtures::project::Project& project) {
        const auto& ids = project.workspace_ids;
        return workspace && std::find(ids.begin(), ids.end(), *workspace) != ids.end();
    };
    for (const auto& project : request.account.projects)
        if (has_it(*project)) return project;
    for (const auto& [id, served] : request.served)
        if (has_it(*served->project))
            return unexpected(
                catalogue::ApiError{catalogue::errors::kAppNotAMember,
                                    {std::to_string(user_id(request.account.username)), std::to_string(id)}});
    return unexpected(not_found(request));
}

Results results_of_workspace(const AppRequest& request) {
    const auto project = project_of_workspace(request);
    if (!project) return unexpected(project.error());
    const bool is_cohorts = request.path.size() > 2 && request.path[2] == "cohorts";
    return is_cohorts ? results_of_cohorts(request, **project) : unexpected(not_emulated(request));
}

Results results_of(const AppRequest& request) {
    const auto area = request.path.empty() ? std::string_view{} : request.path.front();
    const bool is_alone = request.path.size() == 1;
    if (!is_one_of(kAreas, area)) return unexpected(not_found(request));
    if (area == "me" && is_alone) return read_only(request, kMeRules, [&] { return me(request); });
    if (area == "projects" && is_alone)
        return read_only(request, {}, [&]() -> Results { return projects_of(request); });
    if (area == "projects") return results_of_project(request);
    if (area == "workspaces" && !is_alone) return results_of_workspace(request);
    return unexpected(not_emulated(request));
}

std::vector<std::string_view> parts_of(std::string_view path) {
    constexpr std::string_view kRoot = "/api/app/";
    std::vector<std::string_view> parts;
    path.remove_prefix(kRoot.size());
    while (!path.empty()) {
        const auto part = path.substr(0, path.find('/'));
        if (!part.empty()) parts.push_back(part);
        path.remove_prefix(std::min(path.size(), part.size() + 1));
    }
    return parts;
}

/// Takes out the projects of other regions.
void leave_region(access::Account& account, std::string_view region, catalogue::Readings& readings) {
    const auto is_foreign = [&](const auto& project) { return access::is_elsewhere(*project, region); };
    if (std::none_of(account.projects.begin(), account.projects.end(), is_foreign)) return;
    if (readings.choose(catalogue::switches::kRegionWrong) != catalogue::switches::RegionWrong::kAnswer)
        std::erase_if(account.projects, is_foreign);
}

Expected<http::HttpResponse, catalogue::ApiError> answered(const space::Call& call) {
    auto& readings = call.decisions.readings;
    auto account = call.projects->authentication.account_of(call.http.header("Authorization"));
    if (account) leave_region(*account, access::region_of(call.http), readings);
    // An account is known where its projects live: clients try one region after the other until they get no 401.
    if (!account || account->projects.empty())
        return unexpected(catalogue::ApiError{catalogue::errors::kAppUnauthorized});
    const auto parameters = http::Parameters::of(call.http);
    if (!parameters.repeated_key().empty())
        return unexpected(catalogue::ApiError{.row = catalogue::errors::kRepeatedKey,
                                              .details = {parameters.repeated_key()},
                                              .envelope = catalogue::Envelope::kErrorAndStatus});
    auto results = results_of({.http = call.http,
                               .path = parts_of(call.http.path()),
                               .parameters = parameters,
                               .account = *account,
                               .served = call.projects->snapshots,
                               .now = call.now,
                               .readings = readings});
    if (!results) {
        results.error().envelope = catalogue::Envelope::kErrorAndStatus;
        return unexpected(std::move(results.error()));
    }
    readings.note(catalogue::facts::kAppHeaders);
    return http::HttpResponse{.status = catalogue::kOk,
                              .headers = http::app_headers(),
                              .body = "{\"status\":\"ok\",\"results\":" + *results + "}"};
}

}  // namespace

http::HttpResponse answer(const space::Call& call) { return space::respond(call, answered(call)); }

}  // namespace engage::server::app_api
