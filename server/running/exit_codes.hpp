#pragma once

namespace engage::server::running {

/// What the program ends with when something goes wrong while it runs: a port that is taken, an unhealthy emulator.
inline constexpr int kExitFailure = 1;
/// And for what is wrong from the start: flags, configuration, fixtures.
inline constexpr int kExitUsage = 2;

}  // namespace engage::server::running
