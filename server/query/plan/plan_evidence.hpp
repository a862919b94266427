#pragma once

#include <vector>

#include "server/catalogue/readings.hpp"
#include "server/definitions/behavior.hpp"
#include "server/definitions/cohorts.hpp"
#include "server/query/request/engage_query.hpp"

namespace engage::server::query::plan {

/// Notes what the behaviors of a request rest on.
void note_behaviors(const std::vector<definitions::Behavior>& behaviors, const request::EngageQuery& query,
                    catalogue::Readings& readings);

/// Notes what the definition of a cohort rests on.
void note_definition(const definitions::ReadyCohort& cohort, catalogue::Readings& readings);

/// Notes what the definition of a cohort rests on, and those of the cohorts that it refers to.
void note_cohort(const definitions::ReadyCohort& cohort, const definitions::ReadyCohorts& cohorts,
                 const request::EngageQuery& query, catalogue::Readings& readings);

}  // namespace engage::server::query::plan
