#pragma once

#include <string>

#include "server/cli/client_environment.hpp"

namespace engage::server {

/// `export NAME='value'` lines.
std::string shell_text(const ClientEnvironment::Variables& variables);
/// One JSON object on one line.
std::string json_text(const ClientEnvironment::Variables& variables);

}  // namespace engage::server
