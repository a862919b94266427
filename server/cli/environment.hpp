#pragma once

#include "server/cli/command_line.hpp"

namespace engage::server::cli {

/// Asks a running emulator for the environment in which clients find it, and prints that.
int run(const running::EnvironmentOptions& options);

}  // namespace engage::server::cli
