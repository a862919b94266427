#pragma once

#include "expr/syntax/dialect.hpp"
#include "expr/values/cursor.hpp"
#include "server/definitions/behavior.hpp"

namespace engage::server::definitions {

/// Most event selectors of one request or cohort. What they cost in a project is bounded elsewhere: `excess_of`.
inline constexpr std::size_t kMostEventSelectors = 200;

/// Reads `{"event": "Purchase", "selector": …}`. A selector is an expression text in `grammar`, an expression tree or a
/// filter of a report; absent, null or empty it is no condition. `$any_event` and `$all_events` are any event. Throws
/// expr::expr::values::DocumentRefused.
EventSelector read_event_selector(const expr::values::Cursor& value, expr::syntax::Grammar grammar);

}  // namespace engage::server::definitions
