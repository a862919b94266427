#pragma once

#include <set>
#include <vector>

#include "server/definitions/cohorts.hpp"

namespace engage::server::definitions {

using SeenCohorts = std::set<const ReadyCohort*>;

/// A cohort and all that its definition leads to, each once. `cohorts` must outlive them.
std::vector<const ReadyCohort*> reachable_cohorts(const ReadyCohort& cohort, const ReadyCohorts& cohorts);

/// Those of them that have not been seen yet; now they have. What is seen leads only to what is seen.
std::vector<const ReadyCohort*> reachable_cohorts(const ReadyCohort& cohort, const ReadyCohorts& cohorts,
                                                  SeenCohorts& seen);

}  // namespace engage::server::definitions
