#pragma once

#include <vector>

#include "server/catalogue/ledger.hpp"
#include "server/definitions/behavior.hpp"
#include "server/definitions/cohorts.hpp"
#include "server/query/request/engage_query.hpp"

namespace engage::server::query::plan {

/// Notes what the behaviors of a request rest on.
void note_behaviors(const std::vector<definitions::Behavior>& behaviors, const request::EngageQuery& query,
                    catalogue::Evidence& evidence);

/// Notes what the definition of a cohort rests on.
void note_definition(const definitions::ReadyCohort& cohort, catalogue::Evidence& evidence);

/// Notes what the definition of a cohort rests on, and those of the cohorts that it refers to.
void note_cohort(const definitions::ReadyCohort& cohort, const definitions::ReadyCohorts& cohorts,
                 const request::EngageQuery& query, catalogue::Evidence& evidence);

}  // namespace engage::server::query::plan
