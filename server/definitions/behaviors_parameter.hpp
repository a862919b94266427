#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "expr/expected.hpp"
#include "expr/syntax/dialect.hpp"
#include "expr/values/cursor.hpp"
#include "server/definitions/behavior.hpp"

namespace engage::server::definitions {

/// Reads the parameter `behaviors`: the text of a JSON array of
/// `{"window":"90d","name":"bought","event_selectors":[{"event":"Purchase","selector":"event[\"plan\"] == \"pro\""}]}`.
/// A window counts hours, days, weeks or months of 30 days (`h d w m`); `from_date` and `to_date` may stand in its
/// place. Expressions are held to `grammar`.
Expected<std::vector<Behavior>, expr::values::DocumentError> parse_behaviors(std::string_view text,
                                                                             expr::syntax::Grammar grammar);

/// The same of an array that stands in a document; nobody listens to `list`.
Expected<std::vector<Behavior>, expr::values::DocumentError> read_behaviors(const expr::values::Cursor& list,
                                                                            expr::syntax::Grammar grammar);

}  // namespace engage::server::definitions
