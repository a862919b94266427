#include "server/query/plan_evidence.hpp"

#include "server/query/cohorts/reachable_cohorts.hpp"
#include "server/query/where_evidence.hpp"

namespace engage::server {

namespace {

/// What behaviors rest on wherever they come from.
void note_each(const std::vector<Behavior>& behaviors, Evidence& evidence) {
    for (const auto& behavior : behaviors) {
        if (behavior.is_extended) evidence.note(Behaviour::kBehaviorExtensions);
        if (behavior.measure != Measure::kCount) evidence.note(Behaviour::kBehaviorMeasures);
        if (std::holds_alternative<Window>(behavior.when)) evidence.note(Behaviour::kBehaviorWindow);
        if (behavior.selectors.size() > 1) evidence.note(Behaviour::kEventSelectors);
        for (const auto& selector : behavior.selectors) {
            if (!selector.selector) continue;
            if (selector.is_report_filter) evidence.note(Behaviour::kReportFilters);
            evidence.note(Behaviour::kEventSelectors);
            note_where(*selector.selector, evidence);
        }
    }
}

}  // namespace

void note_behaviors(const std::vector<Behavior>& behaviors, const EngageQuery& query, Evidence& evidence) {
    evidence.note(Behaviour::kBehaviors);
    if (query.as_of) evidence.note(Behaviour::kAsOfTimestamp);
    note_each(behaviors, evidence);
}

void note_definition(const ReadyCohort& cohort, Evidence& evidence) {
    if (cohort.program) note_where(*cohort.program, evidence);
    if (!cohort.behaviors.empty()) evidence.note(Behaviour::kCohortBehaviors);
    note_each(cohort.behaviors, evidence);
}

void note_cohort(const ReadyCohort& cohort, const ReadyCohorts& cohorts, const EngageQuery& query, Evidence& evidence) {
    bool has_behaviors = false;
    for (const auto* each : reachable_cohorts(cohort, cohorts)) {
        note_definition(*each, evidence);
        has_behaviors = has_behaviors || !each->behaviors.empty();
    }
    if (query.as_of) evidence.note(has_behaviors ? Behaviour::kAsOfTimestamp : Behaviour::kIgnoredParameters);
}

}  // namespace engage::server
