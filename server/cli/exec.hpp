#pragma once

#include "server/cli/command_line.hpp"

namespace engage::server {

/// Serves on free ports, runs the command with the environment that makes clients find them, and returns its exit code
/// (128 and the signal's number when one ended it, 127 when it cannot be found). Nothing that the command started runs
/// on afterwards. Signals have to be blocked in all threads.
int run(const ExecOptions& options);

}  // namespace engage::server
