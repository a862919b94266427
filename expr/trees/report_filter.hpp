#pragma once

#include "expr/expected.hpp"
#include "expr/syntax/ast.hpp"
#include "expr/values/cursor.hpp"

namespace engage::expr::trees {

/// Whether a JSON value is a filter in the form of Mixpanel's reports rather than an expression tree: its children, or
/// it itself, have a `filterOperator`.
bool is_report_filter(const values::Cursor& filter);

/// Reads a filter as Mixpanel's reports and the event selectors of saved cohorts write it; nobody listens to
/// `filter`. No children are the absent filter: an Ast without a root. The limits of parse.hpp hold.
///
/// {"operator": "and", "children": [FILTER, …]}                    and or
/// {"resourceType": "events", "filterType": "string", "defaultType": "string", "value": PROPERTY,
///  "filterOperator": "equals", "filterValue": ["FR"]}             a list: any of these
///
/// `resourceType` is "events" (the default) or "people", also "event" and "user". `defaultType` says how the property
/// is shown; `filterType` "datetime" compares dates, `"list"` looks into lists.
///
/// Source: mixpanel/mixpanel-headless `_internal/bookmark_enums.py` for the words; what they mean of a value that does
/// not fit is assumed to be what the operators of expressions make of it.
Expected<syntax::Ast, values::DocumentError> parse_report_filter(const values::Cursor& filter);

}  // namespace engage::expr::trees
