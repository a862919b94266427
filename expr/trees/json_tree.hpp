#pragma once

#include "expr/expected.hpp"
#include "expr/syntax/ast.hpp"
#include "expr/values/cursor.hpp"

namespace engage::expr::trees {

/// Reads an expression that is written as JSON, as saved cohorts and Mixpanel's SDKs have it; `tree` stands at its
/// root, and nobody listens to it. The result is what the text of the same expression parses to, with empty spans; the
/// limits of parse.hpp hold. Cohorts have no text that parses. Null, an empty object and a root `and`/`or` without
/// children are the absent filter: an Ast without a root.
///
/// {"operator": "and", "children": [NODE, …]}                      and or in "not in" + - * / % == != > < >= <=
///                                                                 boolean datetime list number string
///                                                                 not defined "not defined"
/// {"property": SCOPE, "value": NAME}                              user properties event behaviors
/// {"property": SCOPE, "value": NAME, "operator": OP, "operand": VALUE, "type": TYPE}
///                                                                 one condition, as a saved cohort keeps it
/// {"property": "literal", "value": VALUE}                         a JSON value, "now" or {"window": …}
/// {"property": "cohort", "value": ID, "operator": OP}             a member of the cohort; in or "not in"
/// {"window": {"unit": "day", "value": 7}}                         so long ago; hour day week month, of 30 days
///
/// Sources: src/property-filters.js of mixpanel/mixpanel-js and its ports in the iOS and Android SDKs for the first
/// forms, CohortCriteria of mixpanel/mixpanel-headless for the condition and the cohort.
Expected<syntax::Ast, values::DocumentError> parse_tree(const values::Cursor& tree);

}  // namespace engage::expr::trees
