#include "server/app_api/app_api.hpp"

#include <algorithm>
#include <array>

#include "server/app_api/app_cohorts.hpp"
#include "server/fidelity/evident_response.hpp"
#include "server/http/headers.hpp"
#include "server/query/parse_integer.hpp"

namespace engage::server {

namespace {

/// The JSON text of `results`, or why there is none.
using Results = Expected<std::string, ApiError>;

// The first part of every path that clients are known to ask for.
constexpr std::array<std::string_view, 4> kAreas = {"me", "organizations", "projects", "workspaces"};

ApiError not_found(const AppRequest& request) { return {ErrorCode::kAppNotFound, {std::string(request.http.path())}}; }

/// The project of `/api/app/projects/{id}/…`. A project that nobody serves is one that nobody is a member of.
Expected<ProjectPtr, ApiError> project_of(const AppRequest& request) {
    const auto text = request.path[1];
    const auto& projects = request.account.projects;
    const auto found = std::find_if(projects.begin(), projects.end(),
                                    [&](const auto& project) { return std::to_string(project->project_id) == text; });
    if (found != projects.end()) return *found;
    if (text.find_first_not_of("0123456789") != std::string_view::npos) return unexpected(not_found(request));
    return unexpected(ApiError{ErrorCode::kAppNotAMember, {request.account.username, std::string(text)}});
}

/// The project of `/api/app/workspaces/{id}/…`.
Expected<ProjectPtr, ApiError> project_of_workspace(const AppRequest& request) {
    const auto workspace = parse_integer<std::uint64_t>(request.path[1]);
    const auto has_it = [&](const fixtures::Project& project) {
        const auto& ids = project.workspace_ids;
        return workspace && std::find(ids.begin(), ids.end(), *workspace) != ids.end();
    };
    for (const auto& project : request.account.projects)
        if (has_it(*project)) return project;
    for (const auto& [id, served] : request.served)
        if (has_it(*served.project))
            return unexpected(ApiError{ErrorCode::kAppNotAMember, {request.account.username, std::to_string(id)}});
    return unexpected(not_found(request));
}

Results results_of(const AppRequest& request) {
    const auto& path = request.path;
    const auto area = path.empty() ? std::string_view{} : path.front();
    if (std::find(kAreas.begin(), kAreas.end(), area) == kAreas.end()) return unexpected(not_found(request));
    const bool has_project = (area == "projects" || area == "workspaces") && path.size() > 1;
    const auto project = !has_project         ? Expected<ProjectPtr, ApiError>(nullptr)
                         : area == "projects" ? project_of(request)
                                              : project_of_workspace(request);
    if (!project) return unexpected(project.error());
    const bool reads = request.http.method == "GET" || request.http.method == "HEAD";
    if (*project && path.size() > 2 && path.size() <= 4 && path[2] == "cohorts" && reads)
        return app_cohorts(request, request.served.at((*project)->project_id),
                           path.size() > 3 ? path[3] : std::string_view{});
    const auto name = (reads ? "" : request.http.method + ' ') + std::string(request.http.path());
    return unexpected(ApiError{ErrorCode::kEndpointNotEmulated, {name}});
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

}  // namespace

HttpResponse AppApi::operator()(const HttpRequest& request) const {
    Evidence evidence(settings.switches);
    return to_response(answer(request, evidence), evidence, settings.switches, request.target);
}

Expected<HttpResponse, ApiError> AppApi::answer(const HttpRequest& request, Evidence& evidence) const {
    const auto account = authentication.account_of(request.header("Authorization"));
    if (!account) return unexpected(ApiError{ErrorCode::kAppUnauthorized});
    const auto parameters = Parameters::of(request);
    auto results = results_of({.http = request,
                               .path = parts_of(request.path()),
                               .parameters = parameters,
                               .account = *account,
                               .served = projects,
                               .now = clock.now(),
                               .switches = settings.switches,
                               .evidence = evidence});
    if (!results) return unexpected(std::move(results.error()));
    return HttpResponse{
        .status = kOk, .headers = api_headers(), .body = "{\"status\":\"ok\",\"results\":" + *results + "}"};
}

}  // namespace engage::server
