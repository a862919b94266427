#include "server/query/cohorts/member_count.hpp"

#include <utility>

#include "server/query/dialect.hpp"
#include "server/query/plan_evidence.hpp"
#include "server/query/query_fault.hpp"

namespace engage::server {

namespace {

std::int64_t second_of(TimePoint now) {
    return std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
}

}  // namespace

MemberCounts::MemberCounts(const ServedProject& served, TimePoint now, const Switches& switches, Evidence& evidence)
    : served_(served),
      switches_(switches),
      evidence_(evidence),
      context_{.now = second_of(now), .zone = served.project->zone, .semantics = semantics_of(switches)} {}

Expected<std::uint64_t, ApiError> MemberCounts::of(const fixtures::Cohort& cohort) {
    evidence_.note(Behaviour::kCohortCount);
    if (cohort.count) return *cohort.count;
    auto found = group(cohort.data_group_id.value_or(""));
    if (!found) return unexpected(std::move(found.error()));
    auto& [plan, computation] = **found;
    if (plan.is_empty) return 0;
    const auto& ready = served_.cohorts.at(cohort.id);
    note(ready);
    const auto count = computation.count_members(ready);
    if (!count) return unexpected(to_error(count.error(), "cohorts"));
    return *count;
}

Expected<MemberCounts::Group*, ApiError> MemberCounts::group(const std::string& data_group_id) {
    auto& group = groups_[data_group_id];
    if (group) return group.get();
    EngageQuery query;
    query.data_group_id = data_group_id;
    auto plan = make_plan(query, served_, switches_, evidence_);
    if (!plan) return unexpected(std::move(plan.error()));
    group = std::make_unique<Group>(std::move(*plan), context_);
    return group.get();
}

void MemberCounts::note(const ReadyCohort& cohort) {
    if (cohort.has_selector) evidence_.note(Behaviour::kCohortSelector);
    if (!cohort.references.empty()) evidence_.note(Behaviour::kCohortReferences);
    for (const auto* each : reachable_cohorts(cohort, served_.cohorts, noted_)) note_definition(*each, evidence_);
}

}  // namespace engage::server
