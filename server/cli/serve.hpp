#pragma once

#include "server/cli/command_line.hpp"

namespace engage::server::cli {

/// Serves until SIGTERM or SIGINT, which must be blocked in all threads. Returns the exit code.
int run(const running::ServeOptions& options);

}  // namespace engage::server::cli
