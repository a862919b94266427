#pragma once

#include <string>

#include "server/app_api/app_api.hpp"

namespace engage::server::app_api {

/// The `results` of `…/cohorts`, which may be narrowed by `data_group_id` and `ids`, and of `…/cohorts/{id}`. `id` is
/// empty for the list.
Expected<std::string, catalogue::ApiError> app_cohorts(const AppRequest& request, const space::SnapshotPtr& snapshot,
                                                       std::string_view id);

}  // namespace engage::server::app_api
