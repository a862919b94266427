#pragma once

#include <limits>
#include <vector>

#include "expr/columns/bitmap.hpp"
#include "server/definitions/behavior.hpp"
#include "server/space/event_store.hpp"

namespace engage::server::query::execution {

inline constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// What a behavior is for whom no event counts: 0, or undefined.
double value_of_nothing(definitions::Measure measure);

/// What a behavior is of its selected events, by subject; NaN for undefined.
std::vector<double> measure(const definitions::Behavior& behavior, const expr::columns::Bitmap& events,
                            const space::EventStore& store, const space::Subjects& subjects);

}  // namespace engage::server::query::execution
