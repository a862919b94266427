#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/catalogue/settings.hpp"

namespace engage::server::running {

struct ServeOptions {
    std::vector<std::string> fixtures;  ///< Project directories; none means the built-in demo.
    std::string host = "127.0.0.1";
    int port = 9797;  ///< 0: any free one.
    std::string port_file;
    bool ready_as_json = false;
    bool is_quiet = false;       ///< No line for each request.
    bool log_as_json = false;    ///< The form of these lines.
    bool no_rate_limit = false;  ///< As the flag says; `settings` has its effect.
    bool tls = false;
    std::optional<int> tls_port;  ///< 0: any free one; not given: 9798, or any free one if `port` is 0.
    std::string tls_certificate;  ///< PEM file of the user's own in place of the local CA, with its key.
    std::string tls_key;
    std::optional<int> proxy_port;         ///< 0: any free one.
    std::vector<std::string> proxy_allow;  ///< Hosts, or `*.domain`.
    bool allow_remote = false;
    catalogue::Settings settings;
};

/// Runs a command that finds the emulator by its environment.
struct ExecOptions {
    ServeOptions serve;
    std::vector<std::string> command;
    enum class Print : unsigned char { kNothing, kShell, kJson } print_environment = Print::kNothing;
};

struct EnvironmentOptions {
    std::string host = "127.0.0.1";
    int port = 9797;
    bool as_json = false;
    std::string control_token;
};

struct CaOptions {
    bool print = false;
    bool remove = false;
};

}  // namespace engage::server::running
