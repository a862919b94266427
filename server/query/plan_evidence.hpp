#pragma once

#include <vector>

#include "server/fidelity/ledger.hpp"
#include "server/query/behavior.hpp"
#include "server/query/cohorts.hpp"
#include "server/query/engage_query.hpp"

namespace engage::server {

/// Notes what the behaviors of a request rest on.
void note_behaviors(const std::vector<Behavior>& behaviors, const EngageQuery& query, Evidence& evidence);

/// Notes what the definition of a cohort rests on.
void note_definition(const ReadyCohort& cohort, Evidence& evidence);

/// Notes what the definition of a cohort rests on, and those of the cohorts that it refers to.
void note_cohort(const ReadyCohort& cohort, const ReadyCohorts& cohorts, const EngageQuery& query, Evidence& evidence);

}  // namespace engage::server
