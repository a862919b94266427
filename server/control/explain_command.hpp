#pragma once

#include <string>

#include "expr/expected.hpp"
#include "server/space/exchange.hpp"

namespace engage::server::control {

/// Explains the `where` of the JSON object in the body of the request: `project_id` (not needed when one project is
/// served), `where`, `distinct_id`, `data_group_id`; it is read as the switches `where.*` say. The answer is a JSON
/// object, for an expression that does not parse one with `error`. The error says what was expected of the body.
Expected<std::string, std::string> run_explain_command(const space::Call& call);

}  // namespace engage::server::control
