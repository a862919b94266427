#pragma once

#include "server/cli/command_line.hpp"

namespace engage::server::cli {

/// Asks a running emulator whether it is ready. Returns 0 when it is, 1 otherwise.
int run(const HealthcheckOptions& options);

}  // namespace engage::server::cli
