#pragma once

#include <iosfwd>

#include "server/cli/command_line.hpp"

namespace engage::server::cli {

/// Loads the projects and prints what they hold, or every problem. Returns the exit code.
int run(const ValidateOptions& options, std::ostream& output, std::ostream& errors);

}  // namespace engage::server::cli
