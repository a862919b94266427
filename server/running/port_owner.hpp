#pragma once

#include <string>

namespace engage::server::running {

/// Who listens on a TCP port of this machine: `node (process 4711)`. Empty when nobody does or it cannot be seen, as of
/// processes of other users.
std::string port_owner(int port);

}  // namespace engage::server::running
