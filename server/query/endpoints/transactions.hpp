#pragma once

#include <cstdint>
#include <vector>

#include "expr/values/time_zone.hpp"
#include "fixtures/profiles/profile_set.hpp"

namespace engage::server::query::endpoints {

/// An item of a profile's `$transactions`, `{"$amount":20,"$time":"2026-05-01T10:00:00"}`.
struct Transaction {
    std::int64_t day = 0;  ///< Of the zone's calendar; see DayRange.
    fixtures::profiles::RowIndex row = 0;
    double amount = 0;
};

/// By day, those of a day in the order of the rows. Items without a number as `$amount` or without a `$time` that can
/// be read do not count; a time is read as the cast `datetime()` reads it.
std::vector<Transaction> transactions_of(const fixtures::profiles::ProfileSet& profiles,
                                         const expr::values::TimeZone& zone);

}  // namespace engage::server::query::endpoints
