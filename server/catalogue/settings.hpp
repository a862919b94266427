#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server/catalogue/switches.hpp"
#include "server/time/clock.hpp"

namespace engage::server::catalogue {

/// What the flags of `serve` say about the emulated service. Plain values; see `serve --help`.
struct Settings {
    bool auth_required = true;
    bool rate_limited = true;                 ///< False lifts every limit.
    std::optional<std::uint32_t> per_hour;    ///< In place of each project's own quota.
    std::optional<std::uint32_t> concurrent;  ///< Likewise.
    std::optional<std::uint32_t> per_second;  ///< Likewise.
    Switches switches;
    std::optional<time::TimePoint> clock;  ///< Where the clock is frozen at start.
    std::optional<std::uint64_t> seed;     ///< Of session and query ids.
    std::string control_token;             ///< Asked of whoever uses the control plane; empty: of nobody.
};

}  // namespace engage::server::catalogue
