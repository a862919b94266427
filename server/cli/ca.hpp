#pragma once

#include "server/cli/command_line.hpp"

namespace engage::server::cli {

/// Creates the local CA of this user, says where it is, prints or removes it.
int run(const running::CaOptions& options);

}  // namespace engage::server::cli
