#pragma once

#include <string>

#include "expr/expected.hpp"

namespace engage::server::http {

struct ProbeOutcome {
    bool is_ready = false;
    std::string reason;  ///< Why not.
};

/// Asks `/readyz` of a running emulator once.
ProbeOutcome probe_ready(const std::string& host, int port);

/// The body of a GET of a running emulator's control plane; the error is why there is none.
Expected<std::string, std::string> fetch(const std::string& host, int port, const std::string& target,
                                         const std::string& control_token);

}  // namespace engage::server::http
