#pragma once

#include "expr/values/cursor.hpp"
#include "server/definitions/behavior.hpp"

namespace engage::server::definitions {

/// The longest window, in its own unit: no time that can be written is earlier.
inline constexpr std::int64_t kLongestWindow = 1'000'000;

/// The `from_date` and `to_date` ("YYYY-MM-DD") of a behavior, which come together. Throws
/// expr::values::DocumentRefused.
Days read_days(const expr::values::Cursor& behavior);
/// The same of days that stand elsewhere.
Days read_days(const expr::values::Cursor& from, const expr::values::Cursor& to);

/// The window of a saved behavior, `{"unit":"day","value":30}`; throws the same.
Window read_window(const expr::values::Cursor& window);

}  // namespace engage::server::definitions
