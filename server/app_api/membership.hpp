#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/app_api/app_api.hpp"

namespace engage::server::app_api {

/// The user id of an account: seven digits that follow from its name.
std::uint64_t user_id(std::string_view username);

/// `results` of `me`: who asks, and the projects and workspaces that they are a member of. `project_id` and
/// `workspace_id` leave out the others. Basis: recorded for nobody's member, reported for members.
Expected<std::string, catalogue::ApiError> me(const AppRequest& request);

/// `results` of `projects`.
std::string projects_of(const AppRequest& request);

/// `results` of `projects/{id}/workspaces/public`.
std::string workspaces_of(const fixtures::project::Project& project);

/// `results` of `projects/{id}/data-groups`.
std::string data_groups_of(const fixtures::project::Project& project);

}  // namespace engage::server::app_api
