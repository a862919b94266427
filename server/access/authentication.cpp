#include "server/access/authentication.hpp"

#include <algorithm>
#include <charconv>

#include "server/access/basic_credentials.hpp"

namespace engage::server {

namespace {

bool is_member(const fixtures::Project& project, const BasicCredentials& credentials) {
    return std::any_of(project.service_accounts.begin(), project.service_accounts.end(), [&](const auto& account) {
        return account.username == credentials.user && equal_secret(account.secret, credentials.password);
    });
}

bool is_secret_of(const fixtures::Project& project, const BasicCredentials& credentials) {
    return project.api_secret && equal_secret(*project.api_secret, credentials.user) &&
           (credentials.password.empty() || credentials.password == credentials.user);
}

/// Nothing when the parameter is absent.
Expected<std::optional<std::uint64_t>, ApiError> project_id_of(const Parameters& parameters) {
    const auto* parameter = parameters.find("project_id");
    if (!parameter) return std::nullopt;
    const auto& text = parameter->text;
    std::uint64_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error != std::errc{} || end != text.data() + text.size() || parameter->form == Parameter::Form::kOther)
        return unexpected(ApiError{ErrorCode::kProjectInvalid, {text}});
    return id;
}

void note_secret_form(const BasicCredentials& credentials, Evidence& evidence) {
    if (!credentials.has_colon)
        evidence.note(Behaviour::kSecretWithoutColon);
    else
        evidence.note(credentials.password.empty() ? Behaviour::kProjectSecret : Behaviour::kSecretDoubled);
}

}  // namespace

ProjectPtr Authentication::find(std::uint64_t project_id) const {
    const auto found = std::find_if(projects_.begin(), projects_.end(),
                                    [&](const auto& project) { return project->project_id == project_id; });
    return found == projects_.end() ? nullptr : *found;
}

Expected<ProjectPtr, ApiError> Authentication::of_anybody(const Parameters& parameters) const {
    const auto id = project_id_of(parameters);
    if (!id) return unexpected(id.error());
    if (!*id && projects_.size() != 1) return unexpected(ApiError{ErrorCode::kProjectMissing});
    auto project = *id ? find(**id) : projects_.front();
    if (!project) return unexpected(ApiError{ErrorCode::kNotAMember});
    return project;
}

Expected<ProjectPtr, ApiError> Authentication::by_credentials(std::string_view authorization,
                                                              const Parameters& parameters, Evidence& evidence) const {
    const auto credentials = parse_basic(authorization);
    if (!credentials) return unexpected(ApiError{ErrorCode::kUnauthorized});
    const bool is_account = std::any_of(projects_.begin(), projects_.end(),
                                        [&](const auto& project) { return is_member(*project, *credentials); });
    const auto owner = std::find_if(projects_.begin(), projects_.end(),
                                    [&](const auto& project) { return is_secret_of(*project, *credentials); });
    if (!is_account && owner == projects_.end()) return unexpected(ApiError{ErrorCode::kUnauthorized});

    const auto id = project_id_of(parameters);
    if (!id) return unexpected(id.error());
    if (!is_account) {
        note_secret_form(*credentials, evidence);
        if (*id) evidence.note(Behaviour::kSecretWithProject);
        if (*id && **id != (*owner)->project_id) return unexpected(ApiError{ErrorCode::kNotAMember});
        return *owner;
    }
    evidence.note(Behaviour::kServiceAccount);
    if (!*id) return unexpected(ApiError{ErrorCode::kProjectMissing});
    auto project = find(**id);
    if (!project || !is_member(*project, *credentials)) return unexpected(ApiError{ErrorCode::kNotAMember});
    return project;
}

Expected<ProjectPtr, ApiError> Authentication::authenticate(std::string_view authorization,
                                                            const Parameters& parameters, Evidence& evidence) const {
    auto project = required_ ? by_credentials(authorization, parameters, evidence) : of_anybody(parameters);
    if (project && !(*project)->engage_api) return unexpected(ApiError{ErrorCode::kPlanWithoutApi});
    return project;
}

std::optional<Account> Authentication::account_of(std::string_view authorization) const {
    if (!required_) return Account{{}, projects_};
    const auto credentials = parse_basic(authorization);
    if (!credentials) return std::nullopt;
    Account account;
    for (const auto& project : projects_) {
        const bool is_account = is_member(*project, *credentials);
        if (is_account) account.username = credentials->user;
        if (is_account || is_secret_of(*project, *credentials)) account.projects.push_back(project);
    }
    if (account.projects.empty()) return std::nullopt;
    return account;
}

}  // namespace engage::server
