#include "server/cli/exec.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <memory>

#include "server/cli/file_limit.hpp"
#include "server/cli/print_environment.hpp"
#include "server/cli/run_report.hpp"
#include "server/cli/running_emulator.hpp"

namespace engage::server {

namespace {

constexpr int kExitNotFound = 127;
constexpr int kExitSignal = 128;

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (auto& text : texts) list.push_back(text.data());
    list.push_back(nullptr);
    return list;
}

/// Between fork and exec only what the standard calls async-signal-safe may be called.
[[noreturn]] void become(char* const* command, pid_t parent, const rlimit& files) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) ::_exit(kExitFailure);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    ::setrlimit(RLIMIT_NOFILE, &files);
    ::execvp(command[0], command);
    constexpr std::string_view kProblem = "engage-emulator: cannot run the command: ";
    const char* reason = ::strerrordesc_np(errno);
    for (const std::string_view part : {kProblem, std::string_view(command[0]), std::string_view(": "),
                                        std::string_view(reason), std::string_view("\n")})
        if (::write(STDERR_FILENO, part.data(), part.size()) < 0) break;
    ::_exit(kExitNotFound);
}

int exit_code_of(int status) { return WIFSIGNALED(status) ? kExitSignal + WTERMSIG(status) : WEXITSTATUS(status); }

/// Waits for the command and hands it the signals that come meanwhile.
int supervise(pid_t command) {
    sigset_t signals;
    ::sigemptyset(&signals);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGCHLD}) ::sigaddset(&signals, signal);
    for (;;) {
        siginfo_t info{};
        const int signal = ::sigwaitinfo(&signals, &info);
        if (signal == SIGCHLD) {
            int status = 0;
            for (pid_t ended = 0; (ended = ::waitpid(-1, &status, WNOHANG)) > 0;)
                if (ended == command) return exit_code_of(status);
        } else if (signal > 0 && info.si_code <= 0) {
            // What the terminal sent went to the command as well.
            ::kill(command, signal);
        }
    }
}

/// What the command started and left behind has become ours (PR_SET_CHILD_SUBREAPER).
void end_orphans() {
    const auto children = [] {
        std::vector<pid_t> pids;
        const auto path = "/proc/self/task/" + std::to_string(::getpid()) + "/children";
        std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path.c_str(), "r"), std::fclose);
        for (int pid = 0; file && std::fscanf(file.get(), "%d", &pid) == 1;) pids.push_back(pid);
        return pids;
    };
    sigset_t ended;
    ::sigemptyset(&ended);
    ::sigaddset(&ended, SIGCHLD);
    constexpr timespec kPatience{.tv_sec = 2, .tv_nsec = 0};
    for (const int signal : {SIGTERM, SIGKILL}) {
        for (auto left = children(); !left.empty(); left = children()) {
            for (const auto pid : left) ::kill(pid, signal);
            const bool has_waited = ::sigtimedwait(&ended, nullptr, &kPatience) >= 0;
            while (::waitpid(-1, nullptr, WNOHANG) > 0) continue;
            if (!has_waited) break;
        }
    }
}

}  // namespace

int run(const ExecOptions& options) {
    const auto files = raise_file_limit();
    RunReport report;
    const auto emulator = RunningEmulator::start(
        options.serve, std::cerr,
        [&report](const HttpRequest& request, const HttpResponse& response) { report.note(request, response); });
    if (!emulator) return emulator.error();
    const auto& variables = (*emulator)->environment().variables();
    if (options.print_environment != ExecOptions::Print::kNothing)
        std::cout << (options.print_environment == ExecOptions::Print::kJson ? json_text(variables)
                                                                             : shell_text(variables))
                  << std::flush;
    for (const auto& [name, value] : variables) ::setenv(name.c_str(), value.c_str(), /*overwrite=*/1);
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    auto words = options.command;
    const auto command = pointers(words);
    const auto self = ::getpid();
    const auto child = ::fork();
    if (child == 0) become(command.data(), self, files);
    if (child < 0) {
        std::cerr << "engage-emulator: cannot start the command: " << std::strerror(errno) << '\n';
        return kExitFailure;
    }
    const int code = supervise(child);
    end_orphans();
    report.print(std::cerr);
    (*emulator)->stop(code);
    return code;
}

}  // namespace engage::server
