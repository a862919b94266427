#pragma once

#include <limits>
#include <vector>

#include "expr/bitmap.hpp"
#include "server/query/behavior.hpp"
#include "server/query/behaviors/event_store.hpp"

namespace engage::server {

inline constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// What a behavior is for whom no event counts: 0, or undefined.
double value_of_nothing(Measure measure);

/// What a behavior is of its selected events, by subject; NaN for undefined.
std::vector<double> measure(const Behavior& behavior, const expr::Bitmap& events, const EventStore& store,
                            const Subjects& subjects);

}  // namespace engage::server
