#include "server/query/execution/member_count.hpp"

#include <utility>

#include "server/catalogue/facts/cohorts.hpp"
#include "server/catalogue/switches/dialect.hpp"
#include "server/query/execution/query_fault.hpp"
#include "server/query/plan/plan_evidence.hpp"

namespace engage::server::query::execution {

MemberCounts::MemberCounts(const space::SnapshotPtr& snapshot, time::TimePoint now, catalogue::Readings& readings)
    : snapshot_(snapshot),
      readings_(readings),
      context_(catalogue::switches::context_of(now, snapshot->project->zone, readings.switches())) {}

Expected<std::uint64_t, catalogue::ApiError> MemberCounts::of(const fixtures::project::Cohort& cohort) {
    readings_.note(catalogue::facts::kCohortCount);
    if (cohort.count) return *cohort.count;
    auto found = group(cohort.data_group_id.value_or(""));
    if (!found) return unexpected(std::move(found.error()));
    auto& [plan, run] = **found;
    if (plan.is_empty) return 0;
    const auto& ready = snapshot_->cohorts.at(cohort.id);
    note(ready);
    const auto count = run.count_members(ready);
    if (!count) return unexpected(to_error(count.error(), "cohorts"));
    return *count;
}

Expected<MemberCounts::Group*, catalogue::ApiError> MemberCounts::group(const std::string& data_group_id) {
    auto& group = groups_[data_group_id];
    if (group) return group.get();
    request::EngageQuery query;
    query.data_group_id = data_group_id;
    auto plan = plan::make_plan(query, snapshot_, readings_);
    if (!plan) return unexpected(std::move(plan.error()));
    group = std::make_unique<Group>(std::move(*plan), context_);
    return group.get();
}

void MemberCounts::note(const definitions::ReadyCohort& cohort) {
    if (cohort.has_selector) readings_.note(catalogue::facts::kCohortSelector);
    if (!cohort.references.empty()) readings_.note(catalogue::facts::kCohortReferences);
    for (const auto* each : definitions::reachable_cohorts(cohort, snapshot_->cohorts, noted_))
        plan::note_definition(*each, readings_);
}

}  // namespace engage::server::query::execution
