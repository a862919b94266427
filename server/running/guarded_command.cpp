#include "server/running/guarded_command.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <iostream>
#include <string_view>

#include "server/running/children.hpp"
#include "server/running/exit_codes.hpp"

// The emulator has threads: in what is forked from it only what the standard calls async-signal-safe may be called.

namespace engage::server::running {

namespace {

constexpr int kExitNotFound = 127;
constexpr int kExitSignal = 128;

struct Task {
    char* const* command;
    rlimit files;
    pid_t emulator;
    bool has_terminal;
};

/// The guard gets it when the emulator ends.
int parent_ended() { return SIGRTMIN; }

sigset_t awaited_signals() {
    sigset_t signals;
    ::sigemptyset(&signals);
    for (const int signal : kPassedSignals) ::sigaddset(&signals, signal);
    ::sigaddset(&signals, SIGCHLD);
    ::sigaddset(&signals, parent_ended());
    return signals;
}

[[noreturn]] void become(const Task& task) {
    if (!task.has_terminal) ::setpgid(0, 0);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    ::setrlimit(RLIMIT_NOFILE, &task.files);
    ::execvp(task.command[0], task.command);
    constexpr std::string_view kProblem = "engage-emulator: cannot run the command: ";
    const char* reason = ::strerrordesc_np(errno);
    for (const std::string_view part : {kProblem, std::string_view(task.command[0]), std::string_view(": "),
                                        std::string_view(reason), std::string_view("\n")})
        if (::write(STDERR_FILENO, part.data(), part.size()) < 0) break;
    ::_exit(kExitNotFound);
}

int exit_code_of(int status) { return WIFSIGNALED(status) ? kExitSignal + WTERMSIG(status) : WEXITSTATUS(status); }

/// Waits for a child and passes signals on to it, but for those that the terminal has sent to it as well. Returns its
/// status.
int wait_for(pid_t child, bool has_terminal) {
    const auto signals = awaited_signals();
    for (;;) {
        siginfo_t info{};
        const int signal = ::sigwaitinfo(&signals, &info);
        if (signal == SIGCHLD) {
            int status = 0;
            for (pid_t ended = 0; (ended = ::waitpid(-1, &status, WNOHANG)) > 0;)
                if (ended == child) return status;
        } else if (signal == parent_ended()) {
            return W_EXITCODE(kExitFailure, 0);
        } else if (signal > 0 && (info.si_code <= 0 || !has_terminal)) {
            ::kill(child, signal);
        }
    }
}

[[noreturn]] void guard(const Task& task) {
    const auto signals = awaited_signals();
    ::sigprocmask(SIG_BLOCK, &signals, nullptr);
    ::prctl(PR_SET_PDEATHSIG, parent_ended());
    if (::getppid() != task.emulator) ::_exit(kExitFailure);
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    const pid_t command = ::_Fork();
    if (command == 0) become(task);
    if (command < 0) ::_exit(kExitFailure);
    // What is sent to the group of the emulator must not end the guard, and its ports must not stay open behind it.
    ::setpgid(0, 0);
    ::close_range(STDERR_FILENO + 1, ~0U, 0);
    const int status = wait_for(command, /*has_terminal=*/false);
    end_children({});
    ::_exit(exit_code_of(status));
}

bool has_terminal() {
    const int terminal = ::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal >= 0) ::close(terminal);
    return terminal >= 0;
}

}  // namespace

int run_guarded(char* const* command, const rlimit& files) {
    const auto others = children();
    // Where the guard is killed, what it guarded becomes ours.
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    const Task task{command, files, ::getpid(), has_terminal()};
    const pid_t child = ::fork();
    if (child == 0) guard(task);
    if (child < 0) {
        std::cerr << "engage-emulator: cannot start the command: " << std::strerror(errno) << '\n';
        return kExitFailure;
    }
    const int status = wait_for(child, task.has_terminal);
    if (WIFSIGNALED(status)) end_children(others);
    return exit_code_of(status);
}

}  // namespace engage::server::running
