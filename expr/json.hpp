#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "expr/arena.hpp"
#include "expr/time_zone.hpp"
#include "expr/value.hpp"

namespace engage::expr {

/// Compact JSON of a value, placed into `arena`: undefined is null, a datetime its local text in quotes. Nothing when
/// it is longer than `most` bytes.
std::optional<std::string_view> json_text(const View& value, const TimeZone& zone, Arena& arena,
                                          std::size_t most = static_cast<std::size_t>(-1));

}  // namespace engage::expr
