#pragma once

#include <string>
#include <string_view>

#include "expr/expected.hpp"
#include "server/time/clock.hpp"

namespace engage::server::control {

/// Carries out `freeze`, `advance`, `set` or `resume` with the JSON object in `body`. `freeze` takes an optional
/// `time`, `set` a `time` (ISO 8601 or Unix seconds), `advance` one of `seconds`, `milliseconds` and `duration` (ISO
/// 8601). The error says what was expected.
Expected<void, std::string> run_clock_command(std::string_view command, std::string_view body, time::Clock& clock);

}  // namespace engage::server::control
