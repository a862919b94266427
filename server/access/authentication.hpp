#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expr/expected.hpp"
#include "fixtures/project.hpp"
#include "server/clock.hpp"
#include "server/error.hpp"
#include "server/fidelity/ledger.hpp"
#include "server/http/parameters.hpp"

namespace engage::server {

using ProjectPtr = std::shared_ptr<const fixtures::Project>;

/// Somebody who is known, and what they may read.
struct Account {
    std::string username;  ///< Of a service account; empty for a project secret and when nobody has to be known.
    std::vector<ProjectPtr> projects;
};

/// Decides whose request it is and which project it may query.
class Authentication {
public:
    /// Without `required` anybody may query any project.
    Authentication(std::vector<ProjectPtr> projects, bool required, const Switches& switches)
        : projects_(std::move(projects)), required_(required), switches_(switches) {}

    /// The project of the request, whose parameters are given beside it. Errors: 401 for missing and wrong credentials
    /// alike, 400 for an absent or unreadable `project_id`, 403 for a project that the credentials do not belong to,
    /// 402 for a plan without API.
    Expected<ProjectPtr, ApiError> authenticate(const HttpRequest& request, const Parameters& parameters, TimePoint now,
                                                Evidence& evidence) const;

    /// Whose the credentials are; nothing when they are wrong or missing.
    std::optional<Account> account_of(std::string_view authorization) const;

private:
    Expected<ProjectPtr, ApiError> by_credentials(std::string_view authorization, const Parameters& parameters,
                                                  Evidence& evidence) const;
    Expected<ProjectPtr, ApiError> by_signature(const HttpRequest& request, const Parameters& parameters,
                                                TimePoint now) const;
    Expected<ProjectPtr, ApiError> by_token(std::string_view token, const Parameters& parameters) const;
    /// The project that `project_id` names, if `may_read` it.
    template <class MayRead>
    Expected<ProjectPtr, ApiError> named(const Parameters& parameters, MayRead may_read) const;
    std::optional<Account> account_of_token(std::string_view token) const;
    Expected<ProjectPtr, ApiError> of_anybody(const Parameters& parameters) const;
    ProjectPtr find(std::uint64_t project_id) const;

    std::vector<ProjectPtr> projects_;
    bool required_;
    const Switches& switches_;
};

}  // namespace engage::server
