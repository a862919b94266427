#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expr/expected.hpp"
#include "fixtures/project/project.hpp"
#include "server/catalogue/error.hpp"
#include "server/catalogue/readings.hpp"
#include "server/http/parameters.hpp"
#include "server/time/clock.hpp"

namespace engage::server::access {

using ProjectPtr = std::shared_ptr<const fixtures::project::Project>;

/// Somebody who is known, and what they may read.
struct Account {
    std::string username;  ///< Of a service account; empty for a project secret and when nobody has to be known.
    std::vector<ProjectPtr> projects;
};

/// Decides whose request it is and which project it may query.
class Authentication {
public:
    /// Without `required` anybody may query any project.
    Authentication(std::vector<ProjectPtr> projects, bool required, const catalogue::Switches& switches)
        : projects_(std::move(projects)), required_(required), switches_(switches) {}

    /// The project of the request, whose parameters are given beside it. Errors: 401 for missing and wrong credentials
    /// alike, 400 for an absent or unreadable `project_id`, 403 for a project that the credentials do not belong to,
    /// 402 for a plan without API.
    Expected<ProjectPtr, catalogue::ApiError> authenticate(const http::HttpRequest& request,
                                                           const http::Parameters& parameters, time::TimePoint now,
                                                           catalogue::Readings& readings) const;

    /// Whose the credentials are; nothing when they are wrong or missing.
    std::optional<Account> account_of(std::string_view authorization) const;

private:
    Expected<ProjectPtr, catalogue::ApiError> by_credentials(std::string_view authorization,
                                                             const http::Parameters& parameters,
                                                             catalogue::Readings& readings) const;
    Expected<ProjectPtr, catalogue::ApiError> by_signature(const http::HttpRequest& request,
                                                           const http::Parameters& parameters,
                                                           time::TimePoint now) const;
    Expected<ProjectPtr, catalogue::ApiError> by_token(std::string_view token,
                                                       const http::Parameters& parameters) const;
    /// The project that `project_id` names, if `may_read` it.
    template <class MayRead>
    Expected<ProjectPtr, catalogue::ApiError> named(const http::Parameters& parameters, MayRead may_read) const;
    std::optional<Account> account_of_token(std::string_view token) const;
    Expected<ProjectPtr, catalogue::ApiError> of_anybody(const http::Parameters& parameters) const;
    ProjectPtr find(std::uint64_t project_id) const;

    std::vector<ProjectPtr> projects_;
    bool required_;
    const catalogue::Switches& switches_;
};

}  // namespace engage::server::access
