#include "server/app_api/membership.hpp"

#include "expr/text/parse_whole.hpp"
#include "fixtures/json/write.hpp"
#include "server/catalogue/errors/app_api.hpp"
#include "server/catalogue/facts/endpoints.hpp"
#include "server/query/request/refusal.hpp"

namespace engage::server::app_api {

namespace {

// Fixtures know no organization, and clients cannot do without.
constexpr std::string_view kOrganization =
    R"({"1":{"id":1,"name":"engage-emulator","permissions":[],"role":"no role","is_demo":false,)"
    R"("should_show_fyt_modal":false,"is_actionable_admin_org":false,"twofactor_auth_required":false,)"
    R"("has_india_datacenter_access":false}})";

void append(std::string& list, std::string_view item) {
    if (!list.empty()) list += ',';
    list += item;
}

std::string project_body(const fixtures::project::Project& project) {
    return "\"name\":" + fixtures::json::ascii_literal(project.name) +
           ",\"organization_id\":1,\"timezone\":" + fixtures::json::ascii_literal(project.zone.name()) +
           ",\"domain\":\"mixpanel.com\",\"has_workspaces\":" + (project.workspace_ids.empty() ? "false" : "true") +
           R"(,"type":"PROJECT","permissions":["view_base_reports"],"is_demo":false})";
}

std::string workspace(const fixtures::project::Project& project, std::uint64_t id) {
    const bool is_default = id == project.workspace_ids.front();
    const auto number = std::to_string(id);
    return "{\"id\":" + number + ",\"name\":\"" + (is_default ? "Default" : "Workspace " + number) +
           "\",\"project_id\":" + std::to_string(project.project_id) +
           ",\"is_default\":" + (is_default ? "true" : "false") +
           R"(,"is_global":false,"is_restricted":false,"is_visible":true,"description":null,"creator_name":null})";
}

/// Whether a parameter is absent or names this id.
bool admits(const http::Parameters& parameters, std::string_view name, std::uint64_t id) {
    const auto* parameter = parameters.find(name);
    return !parameter || parameter->text == std::to_string(id);
}

}  // namespace

std::uint64_t user_id(std::string_view username) {
    // FNV-1a: the same on every machine and in every run.
    std::uint64_t hash = 14'695'981'039'346'656'037U;
    for (const char c : username) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    constexpr std::uint64_t kLeast = 1'000'000;
    return kLeast + hash % (9 * kLeast);
}

Expected<std::string, catalogue::ApiError> me(const AppRequest& request) {
    for (const auto* name : {"project_id", "workspace_id"})
        if (const auto* id = request.parameters.find(name); id && !expr::text::parse_whole<std::uint64_t>(id->text))
            return unexpected(catalogue::ApiError{catalogue::errors::kAppBadParameter,
                                                  {name, "an integer", query::request::shown(id->text)}});
    request.readings.note(catalogue::facts::kMe);
    std::string projects;
    std::string workspaces;
    for (const auto& project : request.account.projects) {
        if (!admits(request.parameters, "project_id", project->project_id)) continue;
        request.readings.note(catalogue::facts::kMembership);
        append(projects, "\"" + std::to_string(project->project_id) + "\":{" + project_body(*project));
        for (const auto id : project->workspace_ids)
            if (admits(request.parameters, "workspace_id", id))
                append(workspaces, "\"" + std::to_string(id) + "\":" + workspace(*project, id));
    }
    const auto& username = request.account.username;
    return R"({"date_joined_iso":"2026-01-01T00:00:00","is_staff":false,"organizations":)" +
           std::string(kOrganization) + ",\"workspaces\":{" + workspaces + "},\"projects\":{" + projects +
           "},\"user_bio\":null,\"user_id\":" + std::to_string(user_id(username)) +
           ",\"user_email\":" + fixtures::json::ascii_literal(username + "@mixpanel.org") +
           R"(,"user_name":"","user_phone":"","user_pending_email":null,"user_login_flow":"password",)"
           R"("is_guest":false,"feature_flags":[],"current_twofactor_method":null})";
}

std::string projects_of(const AppRequest& request) {
    request.readings.note(catalogue::facts::kMembership);
    std::string list;
    for (const auto& project : request.account.projects)
        append(list, "{\"id\":" + std::to_string(project->project_id) + "," + project_body(*project));
    return "[" + list + "]";
}

std::string workspaces_of(const fixtures::project::Project& project) {
    std::string list;
    for (const auto id : project.workspace_ids) append(list, workspace(project, id));
    return "[" + list + "]";
}

std::string data_groups_of(const fixtures::project::Project& project) {
    std::string list;
    for (const auto& group : project.data_groups)
        append(list, "{\"property_name\":" + fixtures::json::ascii_literal(group.property_name) +
                         ",\"display_name\":" + fixtures::json::ascii_literal(group.display_name) +
                         ",\"data_group_id\":" + fixtures::json::ascii_literal(group.data_group_id) + "}");
    return "[" + list + "]";
}

}  // namespace engage::server::app_api
