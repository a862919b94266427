#pragma once

#include "server/cli/command_line.hpp"

namespace engage::server::cli {

/// Serves on free ports, runs the command with the environment that makes clients find them (run_guarded), and returns
/// its exit code. The signals that are passed on and SIGCHLD have to be blocked in all threads.
int run(const running::ExecOptions& options);

}  // namespace engage::server::cli
