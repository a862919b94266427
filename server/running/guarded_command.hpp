#pragma once

#include <sys/resource.h>

#include <array>
#include <csignal>

namespace engage::server::running {

/// What is passed on to the command. These and SIGCHLD have to be blocked in all threads.
inline constexpr std::array kPassedSignals = {SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGTERM};

/// Runs the command and returns its exit code: 128 and the signal's number when one ended it, 127 when it cannot be
/// run. Nothing that it started runs on afterwards, nor when this process is killed: a process between the two sees to
/// that. It asks with SIGTERM, and kills what is left after five seconds.
///
/// Each signal reaches the command once. Where there is a terminal the command shares its process group with us, as
/// the terminal sends signals to the group; elsewhere it has one of its own.
int run_guarded(char* const* command, const rlimit& files);

}  // namespace engage::server::running
