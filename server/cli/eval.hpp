#pragma once

#include <iosfwd>

#include "server/cli/command_line.hpp"

namespace engage::server::cli {

/// Evaluates one expression, or a batch from `input`: one JSON line for each. Returns the exit code; in a batch a wrong
/// line is answered with its error and does not stop the others.
int run(const EvalOptions& options, std::istream& input, std::ostream& output, std::ostream& errors);

}  // namespace engage::server::cli
