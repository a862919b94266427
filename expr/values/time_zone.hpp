#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "expr/expected.hpp"

namespace engage::expr::values {

/// A named zone of the IANA database, e.g. "US/Pacific". A small value, safe to share between threads. Its rules are
/// read at the first conversion, which takes some milliseconds: a project that never compares dates starts without
/// them.
class TimeZone {
public:
    TimeZone() = default;  ///< UTC, which needs no database.
    /// The error says which name was not found, or that the system has no database. A database that turns out to be
    /// damaged later makes the first conversion throw std::runtime_error.
    static Expected<TimeZone, std::string> find(std::string_view name);

    /// Seconds since the epoch of a local wall-clock time given as if it were UTC. A time that a clock change skips
    /// or repeats takes the earlier of its two readings.
    std::int64_t to_utc(std::int64_t local_seconds) const;
    /// Local wall-clock time, as if it were UTC, of an instant.
    std::int64_t to_local(std::int64_t utc_seconds) const;
    /// "UTC" or the name that was asked for.
    std::string_view name() const { return name_; }

private:
    class Rules;
    std::shared_ptr<Rules> rules_;  ///< Null for UTC.
    std::string name_ = "UTC";
};

/// "2026-09-01T00:00:00" of seconds that are read as if they were UTC.
std::string format_datetime(std::int64_t seconds);

/// Whether an instant lies in the years 0001 to 9999, in UTC and in the zone: what can be written with four digits.
bool has_date(std::int64_t seconds, const TimeZone& zone);

/// The instant of `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM[:SS[.fraction]]` (or with a space for the T), read in `zone`;
/// an explicit `Z` or `±HH:MM` overrides the zone. Fractions are floored. Nothing when `text` is anything else, or not
/// a date by `has_date`.
std::optional<std::int64_t> parse_datetime(std::string_view text, const TimeZone& zone);

}  // namespace engage::expr::values
