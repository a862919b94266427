#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/time/clock.hpp"

namespace engage::server::time {

/// `2026-07-03T17:10:02.939191+00:00`: the recorded form of `computed_at`.
std::string format_computed_at(TimePoint time);

/// `2026-07-03T17:10:02.939191Z`, with the fraction only when there is one.
std::string format_instant(TimePoint time);

/// Seconds with three decimals: the recorded form of `X-Server-Elapsed`. Negative durations (the clock was set back)
/// read as 0.
std::string format_elapsed(Duration elapsed);

/// `Fri, 03 Jul 2026 17:10:03 GMT`: the form of `Date` (RFC 9110, 5.6.7). For years up to 9999.
std::string format_http_date(TimePoint time);

/// An ISO 8601 date or date and time (UTC unless it names an offset; microseconds count), or Unix seconds.
std::optional<TimePoint> parse_instant(std::string_view text);

/// An ISO 8601 duration of weeks, days, hours, minutes and seconds such as `PT1H30M`, `P1D` or `-PT0.5S`.
std::optional<Duration> parse_iso_duration(std::string_view text);

}  // namespace engage::server::time
