#include <algorithm>

#include "server/definitions/reachable_cohorts.hpp"
#include "server/query/plan/plan.hpp"
#include "server/query/plan/where_evidence.hpp"

namespace engage::server::query::plan {

namespace {

/// `ends_now`: windows end at the time of the query, not at one that the client gave.
bool read_time(const std::vector<definitions::Behavior>& behaviors, bool ends_now) {
    const auto condition_does = [](const definitions::EventSelector& selector) {
        return selector.selector && reads_clock(*selector.selector);
    };
    return std::any_of(behaviors.begin(), behaviors.end(), [&](const definitions::Behavior& behavior) {
        return (ends_now && std::holds_alternative<definitions::Window>(behavior.when)) ||
               std::any_of(behavior.selectors.begin(), behavior.selectors.end(), condition_does);
    });
}

}  // namespace

bool reads_clock(const QueryPlan& plan) {
    if (reads_clock(plan.where) || read_time(plan.behaviors, !plan.as_of)) return true;
    if (plan.cohort == nullptr) return false;
    const auto cohorts = definitions::reachable_cohorts(*plan.cohort, plan.snapshot->cohorts);
    return std::any_of(cohorts.begin(), cohorts.end(), [&](const definitions::ReadyCohort* cohort) {
        return cohort->program && (reads_clock(*cohort->program) || read_time(cohort->behaviors, !plan.as_of));
    });
}

}  // namespace engage::server::query::plan
