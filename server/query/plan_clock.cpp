#include <algorithm>

#include "server/query/cohorts/reachable_cohorts.hpp"
#include "server/query/plan.hpp"
#include "server/query/where_evidence.hpp"

namespace engage::server {

namespace {

/// `ends_now`: windows end at the time of the query, not at one that the client gave.
bool read_time(const std::vector<Behavior>& behaviors, bool ends_now) {
    const auto condition_does = [](const EventSelector& selector) {
        return selector.selector && reads_clock(*selector.selector);
    };
    return std::any_of(behaviors.begin(), behaviors.end(), [&](const Behavior& behavior) {
        return (ends_now && std::holds_alternative<Window>(behavior.when)) ||
               std::any_of(behavior.selectors.begin(), behavior.selectors.end(), condition_does);
    });
}

}  // namespace

bool reads_clock(const QueryPlan& plan) {
    if (reads_clock(plan.where) || read_time(plan.behaviors, !plan.as_of)) return true;
    if (plan.cohort == nullptr) return false;
    const auto cohorts = reachable_cohorts(*plan.cohort, plan.served->cohorts);
    return std::any_of(cohorts.begin(), cohorts.end(), [&](const ReadyCohort* cohort) {
        return cohort->program && (reads_clock(*cohort->program) || read_time(cohort->behaviors, !plan.as_of));
    });
}

}  // namespace engage::server
