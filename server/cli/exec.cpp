#include "server/cli/exec.hpp"

#include <cstdlib>
#include <iostream>
#include <utility>
#include <vector>

#include "server/cli/file_limit.hpp"
#include "server/cli/guarded_command.hpp"
#include "server/cli/print_environment.hpp"
#include "server/cli/run_report.hpp"
#include "server/cli/running_emulator.hpp"

namespace engage::server {

namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (auto& text : texts) list.push_back(text.data());
    list.push_back(nullptr);
    return list;
}

/// With what our own environment has in variables that are appended to.
std::vector<Variable> resolved(std::vector<Variable> variables) {
    for (auto& [name, value, is_appended] : variables) {
        const char* present = std::exchange(is_appended, false) ? std::getenv(name.c_str()) : nullptr;
        if (present != nullptr && *present != '\0') value.insert(0, std::string(present) + ' ');
    }
    return variables;
}

}  // namespace

int run(const ExecOptions& options) {
    const auto files = raise_file_limit();
    RunReport report;
    const auto emulator = RunningEmulator::start(
        options.serve, std::cerr,
        [&report](const HttpRequest& request, const HttpResponse& response) { report.note(request, response); });
    if (!emulator) return emulator.error();
    const auto variables = resolved((*emulator)->environment());
    if (options.print_environment != ExecOptions::Print::kNothing)
        std::cout << (options.print_environment == ExecOptions::Print::kJson ? json_text(variables)
                                                                             : shell_text(variables))
                  << std::flush;
    for (const auto& [name, value, is_appended] : variables) ::setenv(name.c_str(), value.c_str(), /*overwrite=*/1);
    auto words = options.command;
    const int code = run_guarded(pointers(words).data(), files);
    report.print(std::cerr);
    (*emulator)->stop(code);
    return code;
}

}  // namespace engage::server
