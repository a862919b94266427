#include "server/query/cohorts/member_count.hpp"

#include "server/query/dialect.hpp"

namespace engage::server {

Expected<std::uint64_t, ApiError> count_members(const fixtures::Cohort& cohort, const ServedProject& served,
                                                TimePoint now, const Switches& switches, Evidence& evidence) {
    evidence.note(Behaviour::kCohortCount);
    if (cohort.count) return *cohort.count;
    EngageQuery query;
    query.cohort = CohortFilter{.id = cohort.id};
    query.data_group_id = cohort.data_group_id.value_or("");
    const auto plan = make_plan(query, served, switches, evidence);
    if (!plan) return unexpected(plan.error());
    const auto second = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    const auto matches =
        execute(*plan, {.now = second, .zone = served.project->zone, .semantics = semantics_of(switches)});
    if (!matches)
        return unexpected(
            ApiError{ErrorCode::kLogicalOperand, {query.cohort->name(), fault_text(matches.error().operand)}});
    return matches->total();
}

}  // namespace engage::server
