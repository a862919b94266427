#pragma once

#include <vector>

#include "expr/expected.hpp"
#include "expr/syntax/dialect.hpp"
#include "expr/values/cursor.hpp"
#include "server/definitions/behavior.hpp"

namespace engage::server::definitions {

/// Reads the behaviors of a saved cohort's definition; nobody listens to `object`:
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
Expected<std::vector<Behavior>, expr::values::DocumentError> parse_saved_behaviors(
    const expr::values::Cursor& object, expr::syntax::Grammar grammar = expr::syntax::Grammar::kEngage);

}  // namespace engage::server::definitions
