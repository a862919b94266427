#pragma once

#include "server/cli/command_line.hpp"

namespace engage::server::cli {

/// Prints what one query selects, to stdout. Returns the exit code.
int run(const QueryOptions& options);

}  // namespace engage::server::cli
