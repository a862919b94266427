#pragma once

#include <string>
#include <vector>

#include "expr/syntax/ast.hpp"
#include "expr/values/cursor.hpp"

namespace engage::expr::trees {

/// How often somebody did an event, as the groups of a cohort ask for it.
struct CountedEvent {
    std::string name;         ///< The expression reads `behaviors["name"]`.
    values::Cursor behavior;  ///< What is counted.
};

/// The groups of a cohort as Mixpanel's editors keep them.
struct CohortGroups {
    syntax::Ast ast;
    std::vector<CountedEvent> counted{};
};

/// Reads `groups`, to which nobody listens; throws DocumentRefused and UnknownForm. No groups, and groups without
/// filters, are the absent filter.
///
/// [{"type": "cohort_group", "event": {"resourceType": "cohort", "value": "$all_users", "label": "All Users"},
///   "filters": [FILTER, …], "filtersOperator": "and",                     and or
///   "behavioralFilters": [FILTER, …], "behavioralFiltersOperator": "and",
///   "groupingOperator": null}]                                            and or, with the group behind it
///
/// {"resourceType": "user", "propertyName": NAME, "propertyType": "string", "propertyDefaultType": "string",
///  "filterOperator": "equals", "filterValue": ["FR"]}                     as in report_filter.hpp
/// {… "propertyType": "datetime", "filterOperator": "between", "filterValue": {"type": "between", "from", "to"}}
/// {"resourceType": "cohort", "filterOperator": "contains",
///  "filterValue": [{"cohort": {"id": 12, "name": "Pro", "negated": false}}]}   one of these cohorts
/// {"resourceType": "user", "customProperty": {"behavior": BEHAVIOR}, "filterOperator": "is at least", "filterValue":
/// 1}
/// {"property": NAME, "operator": ">", "value": 10}
///
/// What is null, false or empty says nothing; a key or word that is not here is an unknown form.
///
/// Sources: a loader into Snowflake and Split's cohort sync (third-party code) for the filters; the resource `cohort`
/// of mixpanel/terraform-provider-mixpanel and its examples for the operators between them and for the last form.
CohortGroups read_cohort_groups(const values::Cursor& groups);

/// Reads the `filters` of a behavior, joined by its `filtersOperator`: conditions on events in the same words. Throws
/// the same.
syntax::Ast read_event_filters(const values::Cursor& behavior);

}  // namespace engage::expr::trees
