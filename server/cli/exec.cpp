#include "server/cli/exec.hpp"

#include <cstdlib>
#include <iostream>
#include <utility>
#include <vector>

#include "server/running/file_limit.hpp"
#include "server/running/guarded_command.hpp"
#include "server/running/print_environment.hpp"
#include "server/running/run_report.hpp"
#include "server/running/running_emulator.hpp"

namespace engage::server::cli {

namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (auto& text : texts) list.push_back(text.data());
    list.push_back(nullptr);
    return list;
}

/// With what our own environment has in variables that are appended to.
std::vector<running::Variable> resolved(std::vector<running::Variable> variables) {
    for (auto& [name, value, is_appended] : variables) {
        const char* present = std::exchange(is_appended, false) ? std::getenv(name.c_str()) : nullptr;
        if (present != nullptr && *present != '\0') value.insert(0, std::string(present) + ' ');
    }
    return variables;
}

}  // namespace

int run(const running::ExecOptions& options) {
    const auto files = running::raise_file_limit();
    const auto report = std::make_shared<running::RunReport>();
    const auto emulator = running::RunningEmulator::start(options.serve, std::cerr, report);
    if (!emulator) return emulator.error();
    const auto variables = resolved((*emulator)->environment());
    if (options.print_environment != running::ExecOptions::Print::kNothing)
        std::cout << (options.print_environment == running::ExecOptions::Print::kJson
                          ? running::environment_json(variables)
                          : running::shell_text(variables))
                  << std::flush;
    for (const auto& [name, value, is_appended] : variables) ::setenv(name.c_str(), value.c_str(), /*overwrite=*/1);
    auto words = options.command;
    const int code = running::run_guarded(pointers(words).data(), files);
    (*emulator)->drain_log();
    report->print(std::cerr);
    (*emulator)->stop(code);
    return code;
}

}  // namespace engage::server::cli
