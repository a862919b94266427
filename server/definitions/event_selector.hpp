#pragma once

#include <string>
#include <string_view>

#include "expr/syntax/dialect.hpp"
#include "expr/values/cursor.hpp"
#include "server/definitions/behavior.hpp"

namespace engage::server::definitions {

/// Most event selectors of one request or cohort. What they cost in a project is bounded elsewhere: `excess_of`.
inline constexpr std::size_t kMostEventSelectors = 200;

/// The event of a name in a definition. Empty: any; `$any_event`, `$all_events` and `$mp_anything_event` say so.
std::string event_of(std::string_view name);

/// Reads `{"event": "Purchase", "selector": …}`. A selector is an expression text in `grammar`, an expression tree or a
/// filter of a report; absent, null or empty it is no condition. Throws
/// expr::values::DocumentRefused.
EventSelector read_event_selector(const expr::values::Cursor& value, expr::syntax::Grammar grammar);

}  // namespace engage::server::definitions
