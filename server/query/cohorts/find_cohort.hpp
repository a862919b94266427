#pragma once

#include <memory>
#include <string_view>

#include "expr/expected.hpp"
#include "server/error.hpp"
#include "server/fidelity/ledger.hpp"
#include "server/query/cohorts.hpp"
#include "server/query/cohorts/cohort_filter.hpp"

namespace engage::server {

/// The cohort that a query of profiles of a data group (empty: users) filters by. It is one of `cohorts`, which must
/// outlive it, or made of the query's definition. Null when a switch says that an unknown id has no members.
Expected<std::shared_ptr<const ReadyCohort>, ApiError> find_cohort(const CohortFilter& filter,
                                                                   std::string_view data_group_id,
                                                                   const ReadyCohorts& cohorts,
                                                                   const Switches& switches, Evidence& evidence);

}  // namespace engage::server
