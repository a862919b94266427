#include "server/query/plan/plan_evidence.hpp"

#include "server/catalogue/facts/behaviors.hpp"
#include "server/catalogue/facts/cohorts.hpp"
#include "server/catalogue/facts/requests.hpp"
#include "server/definitions/reachable_cohorts.hpp"
#include "server/query/plan/where_evidence.hpp"

namespace engage::server::query::plan {

namespace {

/// What behaviors rest on wherever they come from.
void note_each(const std::vector<definitions::Behavior>& behaviors, catalogue::Readings& readings) {
    for (const auto& behavior : behaviors) {
        if (behavior.is_extended) readings.note(catalogue::facts::kBehaviorExtensions);
        if (behavior.measure != definitions::Measure::kCount) readings.note(catalogue::facts::kBehaviorMeasures);
        if (std::holds_alternative<definitions::Window>(behavior.when))
            readings.note(catalogue::facts::kBehaviorWindow);
        if (behavior.selectors.size() > 1) readings.note(catalogue::facts::kEventSelectors);
        for (const auto& selector : behavior.selectors) {
            if (!selector.selector) continue;
            if (selector.is_report_filter) readings.note(catalogue::facts::kReportFilters);
            readings.note(catalogue::facts::kEventSelectors);
            note_where(*selector.selector, readings);
        }
    }
}

}  // namespace

void note_behaviors(const std::vector<definitions::Behavior>& behaviors, const request::EngageQuery& query,
                    catalogue::Readings& readings) {
    readings.note(catalogue::facts::kBehaviors);
    if (query.as_of) readings.note(catalogue::facts::kAsOfTimestamp);
    note_each(behaviors, readings);
}

void note_definition(const definitions::ReadyCohort& cohort, catalogue::Readings& readings) {
    if (cohort.program) note_where(*cohort.program, readings);
    if (!cohort.behaviors.empty()) readings.note(catalogue::facts::kCohortBehaviors);
    note_each(cohort.behaviors, readings);
}

void note_cohort(const definitions::ReadyCohort& cohort, const definitions::ReadyCohorts& cohorts,
                 const request::EngageQuery& query, catalogue::Readings& readings) {
    bool has_behaviors = false;
    for (const auto* each : definitions::reachable_cohorts(cohort, cohorts)) {
        note_definition(*each, readings);
        has_behaviors = has_behaviors || !each->behaviors.empty();
    }
    if (query.as_of)
        readings.note(has_behaviors ? catalogue::facts::kAsOfTimestamp : catalogue::facts::kIgnoredParameters);
}

}  // namespace engage::server::query::plan
