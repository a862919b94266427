#include "server/access/authentication.hpp"

#include <strings.h>

#include <algorithm>
#include <iterator>

#include "expr/text/parse_whole.hpp"
#include "server/access/basic_credentials.hpp"
#include "server/access/signature.hpp"
#include "server/catalogue/errors/access.hpp"
#include "server/catalogue/facts/requests.hpp"
#include "server/catalogue/switches/service.hpp"

namespace engage::server::access {

namespace {

bool is_member(const fixtures::project::Project& project, const BasicCredentials& credentials) {
    return std::any_of(project.service_accounts.begin(), project.service_accounts.end(), [&](const auto& account) {
        return account.username == credentials.user && equal_secret(account.secret, credentials.password);
    });
}

bool is_usual_password(const BasicCredentials& credentials) {
    return credentials.password.empty() || credentials.password == credentials.user;
}

bool is_secret_of(const fixtures::project::Project& project, const BasicCredentials& credentials,
                  const catalogue::Switches& switches) {
    return project.api_secret && equal_secret(*project.api_secret, credentials.user) &&
           (is_usual_password(credentials) ||
            switches.choice(catalogue::switches::kAuthSecretPassword) == catalogue::switches::AuthSecretPassword::kAny);
}

bool has_token(const fixtures::project::Project& project, std::string_view token) {
    return std::any_of(project.oauth_tokens.begin(), project.oauth_tokens.end(),
                       [&](const auto& known) { return equal_secret(known, token); });
}

/// Empty when the header is no such one.
std::string_view bearer_token(std::string_view authorization) {
    constexpr std::string_view kScheme = "Bearer ";
    if (authorization.size() < kScheme.size() || strncasecmp(authorization.data(), kScheme.data(), kScheme.size()) != 0)
        return {};
    return authorization.substr(kScheme.size());
}

/// Nothing when the parameter is absent.
Expected<std::optional<std::uint64_t>, catalogue::ApiError> project_id_of(const http::Parameters& parameters) {
    const auto* parameter = parameters.find("project_id");
    if (!parameter) return std::nullopt;
    const auto& text = parameter->text;
    const auto id = expr::text::parse_whole<std::uint64_t>(text);
    if (!id || parameter->form == http::Parameter::Form::kOther)
        return unexpected(catalogue::ApiError{catalogue::errors::kProjectInvalid, {text}});
    return id;
}

void note_secret_form(const BasicCredentials& credentials, catalogue::Readings& readings) {
    if (!is_usual_password(credentials))
        readings.note(catalogue::switches::kAuthSecretPassword);
    else if (!credentials.has_colon)
        readings.note(catalogue::facts::kSecretWithoutColon);
    else
        readings.note(credentials.password.empty() ? catalogue::facts::kProjectSecret
                                                   : catalogue::facts::kSecretDoubled);
}

}  // namespace

ProjectPtr Authentication::find(std::uint64_t project_id) const {
    const auto found = std::find_if(projects_.begin(), projects_.end(),
                                    [&](const auto& project) { return project->project_id == project_id; });
    return found == projects_.end() ? nullptr : *found;
}

Expected<ProjectPtr, catalogue::ApiError> Authentication::of_anybody(const http::Parameters& parameters) const {
    const auto id = project_id_of(parameters);
    if (!id) return unexpected(id.error());
    if (!*id && projects_.size() != 1) return unexpected(catalogue::ApiError{catalogue::errors::kProjectMissing});
    auto project = *id ? find(**id) : projects_.front();
    if (!project) return unexpected(catalogue::ApiError{catalogue::errors::kNotAMember});
    return project;
}

Expected<ProjectPtr, catalogue::ApiError> Authentication::by_credentials(std::string_view authorization,
                                                                         const http::Parameters& parameters,
                                                                         catalogue::Readings& readings) const {
    const auto credentials = parse_basic(authorization);
    if (!credentials) return unexpected(catalogue::ApiError{catalogue::errors::kUnauthorized});
    const bool is_account = std::any_of(projects_.begin(), projects_.end(),
                                        [&](const auto& project) { return is_member(*project, *credentials); });
    const auto owner = std::find_if(projects_.begin(), projects_.end(), [&](const auto& project) {
        return is_secret_of(*project, *credentials, switches_);
    });
    if (!is_account && owner == projects_.end())
        return unexpected(catalogue::ApiError{catalogue::errors::kUnauthorized});

    const auto id = project_id_of(parameters);
    if (!id) return unexpected(id.error());
    if (!is_account) {
        note_secret_form(*credentials, readings);
        if (*id) readings.note(catalogue::facts::kSecretWithProject);
        if (*id && **id != (*owner)->project_id) return unexpected(catalogue::ApiError{catalogue::errors::kNotAMember});
        return *owner;
    }
    readings.note(catalogue::facts::kServiceAccount);
    return named(parameters, [&](const auto& project) { return is_member(project, *credentials); });
}

template <class MayRead>
Expected<ProjectPtr, catalogue::ApiError> Authentication::named(const http::Parameters& parameters,
                                                                MayRead may_read) const {
    const auto id = project_id_of(parameters);
    if (!id) return unexpected(id.error());
    if (!*id) return unexpected(catalogue::ApiError{catalogue::errors::kProjectMissing});
    auto project = find(**id);
    if (!project || !may_read(*project)) return unexpected(catalogue::ApiError{catalogue::errors::kNotAMember});
    return project;
}

Expected<ProjectPtr, catalogue::ApiError> Authentication::by_token(std::string_view token,
                                                                   const http::Parameters& parameters) const {
    if (switches_.choice(catalogue::switches::kAuthBearer) != catalogue::switches::AuthBearer::kOn ||
        std::none_of(projects_.begin(), projects_.end(),
                     [&](const auto& project) { return has_token(*project, token); }))
        return unexpected(catalogue::ApiError{catalogue::errors::kUnauthorized});
    return named(parameters, [&](const auto& project) { return has_token(project, token); });
}

Expected<ProjectPtr, catalogue::ApiError> Authentication::by_signature(const http::HttpRequest& request,
                                                                       const http::Parameters& parameters,
                                                                       time::TimePoint now) const {
    const auto key = parameters.text("api_key");
    const auto owner =
        std::find_if(projects_.begin(), projects_.end(), [&](const auto& project) { return project->api_key == key; });
    if (owner == projects_.end()) return unexpected(catalogue::ApiError{catalogue::errors::kUnauthorized});
    if (!equal_secret(signature_of(request, *(*owner)->api_secret), parameters.text("sig")))
        return unexpected(catalogue::ApiError{catalogue::errors::kBadSignature});
    const auto expire = parameters.text("expire");
    const auto end = expr::text::parse_whole<std::int64_t>(expire);
    const auto second = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    if (!end || *end < second) return unexpected(catalogue::ApiError{catalogue::errors::kSignatureExpired});
    const auto id = project_id_of(parameters);
    if (!id) return unexpected(id.error());
    if (*id && **id != (*owner)->project_id) return unexpected(catalogue::ApiError{catalogue::errors::kNotAMember});
    return *owner;
}

Expected<ProjectPtr, catalogue::ApiError> Authentication::authenticate(const http::HttpRequest& request,
                                                                       const http::Parameters& parameters,
                                                                       time::TimePoint now,
                                                                       catalogue::Readings& readings) const {
    const auto authorization = request.header("Authorization");
    if ((!required_ || !authorization.empty()) && parameters.find("sig"))
        readings.note(catalogue::facts::kSignatureUnread);
    auto project = [&] {
        if (!required_) return of_anybody(parameters);
        if (const auto token = bearer_token(authorization); !token.empty()) {
            readings.note(catalogue::switches::kAuthBearer);
            return by_token(token, parameters);
        }
        if (authorization.empty() && parameters.find("api_key")) {
            readings.note(catalogue::facts::kSignature);
            return by_signature(request, parameters, now);
        }
        return by_credentials(authorization, parameters, readings);
    }();
    if (project && !(*project)->engage_api) return unexpected(catalogue::ApiError{catalogue::errors::kPlanWithoutApi});
    return project;
}

std::optional<Account> Authentication::account_of_token(std::string_view token) const {
    Account account;
    if (switches_.choice(catalogue::switches::kAuthBearer) == catalogue::switches::AuthBearer::kOn)
        std::copy_if(projects_.begin(), projects_.end(), std::back_inserter(account.projects),
                     [&](const auto& project) { return has_token(*project, token); });
    if (account.projects.empty()) return std::nullopt;
    return account;
}

std::optional<Account> Authentication::account_of(std::string_view authorization) const {
    if (!required_) return Account{{}, projects_};
    if (const auto token = bearer_token(authorization); !token.empty()) return account_of_token(token);
    const auto credentials = parse_basic(authorization);
    if (!credentials) return std::nullopt;
    Account account;
    for (const auto& project : projects_) {
        const bool is_account = is_member(*project, *credentials);
        if (is_account) account.username = credentials->user;
        if (is_account || is_secret_of(*project, *credentials, switches_)) account.projects.push_back(project);
    }
    if (account.projects.empty()) return std::nullopt;
    return account;
}

}  // namespace engage::server::access
