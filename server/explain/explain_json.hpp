#pragma once

#include <string>

#include "server/explain/explain.hpp"

namespace engage::server::explain {

/// The explanation as one JSON object in one line.
std::string explanation_json(const Explanation& explanation);

/// `{"error":{"offset":…,"line":…,"column":…,"message":…,"source":…,"caret":…}}`: offset in bytes from 0, line and
/// column from 1, columns in characters.
std::string syntax_error_json(const std::string& where, const expr::syntax::ParseError& error);

}  // namespace engage::server::explain
