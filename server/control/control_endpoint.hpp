#pragma once

#include <chrono>
#include <string>

#include "server/http/message.hpp"
#include "server/space/exchange.hpp"

namespace engage::server::control {

/// What the control plane tells of the program beside its spaces.
struct Emulator {
    std::chrono::steady_clock::time_point started;
    /// The variables that make clients find the emulator: lines for a shell, and JSON.
    std::string shell_environment{};
    std::string json_environment{};
};

/// `/__admin/…`: what a test suite steers the emulator with. The real service has nothing like it. Takes no quota and
/// no slot.
http::HttpResponse answer(const space::Call& call, const Emulator& emulator);

}  // namespace engage::server::control
