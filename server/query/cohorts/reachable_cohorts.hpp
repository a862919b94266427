#pragma once

#include <vector>

#include "server/query/cohorts.hpp"

namespace engage::server {

/// A cohort and all that its definition leads to, each once. `cohorts` must outlive them.
std::vector<const ReadyCohort*> reachable_cohorts(const ReadyCohort& cohort, const ReadyCohorts& cohorts);

}  // namespace engage::server
