#pragma once

#include <cstddef>

namespace engage::server::http {

/// The largest request target and body that are read, in bytes; what is larger is refused with 414 and 413.
inline constexpr std::size_t kMaxTarget = 1024 * 1024;
inline constexpr std::size_t kMaxBody = 32 * 1024 * 1024;

}  // namespace engage::server::http
