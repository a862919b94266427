#pragma once

#include <optional>
#include <string>

#include "server/cli/command_line.hpp"

// CLI11, which takes seconds to compile.
namespace CLI {  // NOLINT(readability-identifier-naming): their name
class App;
class Option;
}  // namespace CLI

namespace engage::server::cli {

/// A flag that takes a time.
CLI::Option* instant_option(CLI::App* app, const std::string& name, std::optional<time::TimePoint>& target,
                            const std::string& help);

/// `--set`.
void add_switches(CLI::App* app, catalogue::Switches& switches);

/// Lets every flag that the command has by now come from the environment as well: from `ENGAGE_EMULATOR_PORT` where it
/// means what it means to `serve`, otherwise from a variable of its own, such as `ENGAGE_EMULATOR_QUERY_WHERE`.
void with_environment(CLI::App* app);

/// What `serve` and `exec` have in common.
void add_serve_flags(CLI::App* app, running::ServeOptions& options);

/// The commands that ask a project without a server.
void add_query(CLI::App& root, QueryOptions& options);
void add_explain(CLI::App& root, ExplainOptions& options);
void add_eval(CLI::App& root, EvalOptions& options);

}  // namespace engage::server::cli
