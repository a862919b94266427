#pragma once

#include <optional>
#include <string>
#include <vector>

#include "expr/expected.hpp"

namespace engage::server::running {

/// Where a running emulator can be reached.
struct Addresses {
    std::string url;          ///< Plain HTTP, as it listens, e.g. `http://127.0.0.1:9797`.
    std::string client_host;  ///< What clients of this machine connect to: of 0.0.0.0 that is 127.0.0.1.
    std::string client_url;
    int port = 0;
    std::optional<int> tls_port;
    std::optional<int> proxy_port;
    std::string ca_file;  ///< The certificate to trust; empty when a certificate of the user's own is served.
    std::vector<std::string> allowed_hosts;
};

/// An environment variable.
struct Variable {
    std::string name;
    std::string value;
    bool is_appended = false;  ///< The value is words that go behind those that the variable has already.
};

/// Those that make unmodified clients find an emulator. Some of them name files; these are in the user's data folder,
/// and all runs share them. The error says what cannot be written.
Expected<std::vector<Variable>, std::string> client_environment(const Addresses& addresses);

}  // namespace engage::server::running
