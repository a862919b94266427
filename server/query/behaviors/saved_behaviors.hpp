#pragma once

#include <vector>

#include "expr/dialect.hpp"
#include "expr/expected.hpp"
#include "expr/json_tree.hpp"
#include "expr/value.hpp"
#include "server/query/behavior.hpp"

namespace engage::server {

/// Reads the behaviors of a saved cohort's definition; `object` is the decoded JSON value:
///
/// {"bhvr_0": {"count": {"event_selector": {"event": "Purchase", "selector": null}, "type": "absolute",
///                       "aggregationOperator": "total", "property": "amount"},
///             "window": {"unit": "day", "value": 30}}}
///
/// `aggregationOperator` is total (the default), unique, average, min, max or median; the last four need a `property`.
/// Without one, "total" counts events and "unique" is 1 of whoever has any. `from_date` and `to_date` may stand in
/// place of the `window`, whose unit is hour, day, week or month (of 30 days).
///
/// Source: CohortCriteria of mixpanel/mixpanel-headless.
Expected<std::vector<Behavior>, expr::TreeError> parse_saved_behaviors(const expr::View& object,
                                                                       expr::Grammar grammar = expr::Grammar::kEngage);

}  // namespace engage::server
