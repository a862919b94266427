#pragma once

#include "server/cli/command_line.hpp"

namespace engage::server::cli {

/// Writes a made-up project. Returns the exit code.
int run(const GenerateOptions& options);

}  // namespace engage::server::cli
