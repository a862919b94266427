#pragma once

#include "expr/tree_value.hpp"
#include "server/query/behavior.hpp"

namespace engage::server {

/// The longest window, in its own unit: no time that can be written is earlier.
inline constexpr std::int64_t kLongestWindow = 1'000'000;

/// The `from_date` and `to_date` ("YYYY-MM-DD") of a behavior, which come together. Throws expr::TreeRefused.
Days read_days(const expr::TreeValue& behavior);

}  // namespace engage::server
