#pragma once

#include <string>
#include <vector>

#include "server/running/client_environment.hpp"

namespace engage::server::running {

/// `export NAME='value'` lines, which leave to the shell what it has in variables that are appended to.
std::string shell_text(const std::vector<Variable>& variables);
/// One JSON object on one line.
std::string environment_json(const std::vector<Variable>& variables);

}  // namespace engage::server::running
