#pragma once

#include <cstdint>
#include <string>

#include "expr/expected.hpp"
#include "server/catalogue/error.hpp"
#include "server/http/parameters.hpp"

namespace engage::server::query::request {

/// Days of a calendar, both included, counted from 1970-01-01.
struct DayRange {
    std::int64_t from = 0;
    std::int64_t to = 0;

    bool holds(std::int64_t day) const { return from <= day && day <= to; }
};

/// The day on which a local wall-clock time lies that is given as if it were UTC.
std::int64_t day_of(std::int64_t local_seconds);

/// `2026-09-01`
std::string format_day(std::int64_t day);

/// Reads `from_date` and `to_date`, which are both required.
Expected<DayRange, catalogue::ApiError> read_day_range(const http::Parameters& parameters);

}  // namespace engage::server::query::request
