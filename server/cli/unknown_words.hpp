#pragma once

#include <map>
#include <string>
#include <vector>

namespace engage::server::cli {

/// The flags of each command, without their dashes.
using FlagsOfCommands = std::map<std::string, std::vector<std::string>>;

/// "unknown command 'serv'; did you mean 'serve'?"
std::string unknown_command(const std::string& word, const FlagsOfCommands& flags);

/// What is said of words that `command` does not know, in the order of the call: the flag that each may have been meant
/// to be, or the command that has it.
std::string unexpected_words(const std::vector<std::string>& words, const std::string& command,
                             const FlagsOfCommands& flags);

/// A line for each variable of our prefix that nothing reads, with the nearest of `known`. `environment` has entries
/// such as `PATH=/bin`.
std::vector<std::string> unknown_variables(const std::vector<std::string>& environment,
                                           const std::vector<std::string>& known);

}  // namespace engage::server::cli
