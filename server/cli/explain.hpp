#pragma once

#include <iosfwd>

#include "server/cli/command_line.hpp"

namespace engage::server::cli {

/// Explains an expression over a project. Returns the exit code.
int run(const ExplainOptions& options, std::ostream& output, std::ostream& errors);

}  // namespace engage::server::cli
