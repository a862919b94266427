#pragma once

#include <string>

namespace engage::server {

struct ProbeOutcome {
    bool is_ready = false;
    std::string reason;  ///< Why not.
};

/// Asks `/readyz` of a running emulator once.
ProbeOutcome probe_ready(const std::string& host, int port);

}  // namespace engage::server
