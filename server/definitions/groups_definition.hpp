#pragma once

#include "expr/expected.hpp"
#include "expr/values/cursor.hpp"
#include "server/definitions/definition.hpp"

namespace engage::server::definitions {

/// Why the groups of a cohort are no definition.
struct GroupsProblem {
    expr::values::DocumentError error;
    bool is_unknown_form = false;  ///< They may well be right; the message is what nobody has told the meaning of.
};

/// Reads the `groups` of a cohort, the form in which Mixpanel's editors keep a definition: see
/// expr/trees/cohort_groups.hpp. What a `customProperty` of their filters counts:
///
/// {"event": {"value": "Purchase", "label": "Purchase"}, "aggregationOperator": "total", "property": null,
///  "filters": [FILTER, …], "filtersOperator": "and", "dateRange": RANGE}
/// {"type": "between", "from": "2026-06-01", "to": "2026-06-30"}              days, both included
/// {"type": "in the last", "window": {"unit": "day", "value": 30}}            hour day week month, of 30 days
Expected<CohortDefinition, GroupsProblem> read_groups(const expr::values::Cursor& groups);

}  // namespace engage::server::definitions
