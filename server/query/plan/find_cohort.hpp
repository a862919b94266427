#pragma once

#include <memory>
#include <string_view>

#include "expr/expected.hpp"
#include "server/catalogue/error.hpp"
#include "server/catalogue/readings.hpp"
#include "server/query/request/cohort_filter.hpp"
#include "server/space/snapshot.hpp"

namespace engage::server::query::plan {

/// The cohort that a query of profiles of a data group (empty: users) filters by. It is one of the
/// snapshot, which it keeps alive, or made of the query's definition. Null when a switch says that an unknown id has no
/// members.
Expected<std::shared_ptr<const definitions::ReadyCohort>, catalogue::ApiError> find_cohort(
    const request::CohortFilter& filter, std::string_view data_group_id, const space::SnapshotPtr& snapshot,
    catalogue::Readings& readings);

}  // namespace engage::server::query::plan
