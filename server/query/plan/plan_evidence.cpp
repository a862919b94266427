#include "server/query/plan/plan_evidence.hpp"

#include "server/definitions/reachable_cohorts.hpp"
#include "server/query/plan/where_evidence.hpp"

namespace engage::server::query::plan {

namespace {

/// What behaviors rest on wherever they come from.
void note_each(const std::vector<definitions::Behavior>& behaviors, catalogue::Evidence& evidence) {
    for (const auto& behavior : behaviors) {
        if (behavior.is_extended) evidence.note(catalogue::Behaviour::kBehaviorExtensions);
        if (behavior.measure != definitions::Measure::kCount) evidence.note(catalogue::Behaviour::kBehaviorMeasures);
        if (std::holds_alternative<definitions::Window>(behavior.when))
            evidence.note(catalogue::Behaviour::kBehaviorWindow);
        if (behavior.selectors.size() > 1) evidence.note(catalogue::Behaviour::kEventSelectors);
        for (const auto& selector : behavior.selectors) {
            if (!selector.selector) continue;
            if (selector.is_report_filter) evidence.note(catalogue::Behaviour::kReportFilters);
            evidence.note(catalogue::Behaviour::kEventSelectors);
            note_where(*selector.selector, evidence);
        }
    }
}

}  // namespace

void note_behaviors(const std::vector<definitions::Behavior>& behaviors, const request::EngageQuery& query,
                    catalogue::Evidence& evidence) {
    evidence.note(catalogue::Behaviour::kBehaviors);
    if (query.as_of) evidence.note(catalogue::Behaviour::kAsOfTimestamp);
    note_each(behaviors, evidence);
}

void note_definition(const definitions::ReadyCohort& cohort, catalogue::Evidence& evidence) {
    if (cohort.program) note_where(*cohort.program, evidence);
    if (!cohort.behaviors.empty()) evidence.note(catalogue::Behaviour::kCohortBehaviors);
    note_each(cohort.behaviors, evidence);
}

void note_cohort(const definitions::ReadyCohort& cohort, const definitions::ReadyCohorts& cohorts,
                 const request::EngageQuery& query, catalogue::Evidence& evidence) {
    bool has_behaviors = false;
    for (const auto* each : definitions::reachable_cohorts(cohort, cohorts)) {
        note_definition(*each, evidence);
        has_behaviors = has_behaviors || !each->behaviors.empty();
    }
    if (query.as_of)
        evidence.note(has_behaviors ? catalogue::Behaviour::kAsOfTimestamp : catalogue::Behaviour::kIgnoredParameters);
}

}  // namespace engage::server::query::plan
