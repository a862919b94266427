#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "server/cli/ca.hpp"
#include "server/cli/command_line.hpp"
#include "server/cli/environment.hpp"
#include "server/cli/eval.hpp"
#include "server/cli/exec.hpp"
#include "server/cli/explain.hpp"
#include "server/cli/generate.hpp"
#include "server/cli/healthcheck.hpp"
#include "server/cli/query.hpp"
#include "server/cli/serve.hpp"
#include "server/cli/validate.hpp"
#include "server/running/guarded_command.hpp"
#include "server/version.hpp"

namespace {

using namespace engage;
using namespace engage::server;

int start(const cli::EvalOptions& options) { return cli::run(options, std::cin, std::cout, std::cerr); }

int start(const cli::ExplainOptions& options) { return cli::run(options, std::cout, std::cerr); }

int start(const cli::ValidateOptions& options) { return cli::run(options, std::cout, std::cerr); }

int start(const cli::VersionOptions& options) {
    if (options.as_json)
        std::cout << R"({"name":"engage-emulator","version":")" << kVersion << "\"}\n";
    else
        std::cout << "engage-emulator " << kVersion << '\n';
    return 0;
}

/// The other commands know where they print.
template <class Options>
int start(const Options& options) {
    return cli::run(options);
}

/// A socket that took the place of a closed stream would be sent what is printed there.
void open_standard_streams() {
    int opened = 0;
    while (opened >= 0 && opened <= STDERR_FILENO) opened = ::open("/dev/null", O_RDWR);
    if (opened > STDERR_FILENO) ::close(opened);
}

/// Before any thread starts: `serve` and `exec` take these signals with sigwait, and all threads inherit the mask.
template <class Signals>
void block_signals(const Signals& taken) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGCHLD);
    for (const int signal : taken) sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

/// Those that are meant for this program. Most runs have none, and then there is nothing to warn of.
std::vector<std::string> own_variables() {
    std::vector<std::string> variables;
    for (char** entry = environ; *entry != nullptr; ++entry)
        if (const std::string_view text = *entry; text.starts_with("ENGAGE_EMULATOR_")) variables.emplace_back(text);
    return variables;
}

/// Measured in bench/README.md: pages of half a megabyte come from and go back to the kernel with every answer
/// otherwise, and an arena for each thread multiplies what lies idle.
void tune_malloc() {
    mallopt(M_ARENA_MAX, 2);
    mallopt(M_MMAP_THRESHOLD, 64 * 1024 * 1024);
    mallopt(M_TRIM_THRESHOLD, 64 * 1024 * 1024);
}

}  // namespace

int main(int argc, char** argv) {
    open_standard_streams();
    std::cerr << cli::environment_warnings(own_variables());
    const auto command = cli::parse_command_line({argv + 1, argv + argc});
    if (!command) {
        const auto& usage = command.error();
        (usage.exit_code == 0 ? std::cout : std::cerr) << usage.text;
        return usage.exit_code;
    }
    const bool is_exec = std::holds_alternative<running::ExecOptions>(*command);
    if (std::holds_alternative<running::ServeOptions>(*command)) block_signals(std::array{SIGTERM, SIGINT});
    if (is_exec) block_signals(running::kPassedSignals);
    if (is_exec || std::holds_alternative<running::ServeOptions>(*command)) tune_malloc();
    return std::visit([](const auto& options) { return start(options); }, *command);
}
