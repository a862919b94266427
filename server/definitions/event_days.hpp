#pragma once

#include "expr/values/cursor.hpp"
#include "server/definitions/behavior.hpp"

namespace engage::server::definitions {

/// The longest window, in its own unit: no time that can be written is earlier.
inline constexpr std::int64_t kLongestWindow = 1'000'000;

/// The `from_date` and `to_date` ("YYYY-MM-DD") of a behavior, which come together. Throws
/// expr::expr::values::DocumentRefused.
Days read_days(const expr::values::Cursor& behavior);

}  // namespace engage::server::definitions
