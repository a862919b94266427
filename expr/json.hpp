#pragma once

#include <string_view>

#include "expr/arena.hpp"
#include "expr/time_zone.hpp"
#include "expr/value.hpp"

namespace engage::expr {

/// Compact JSON of a value, placed into `arena`: undefined is null, a datetime its local text in quotes.
std::string_view json_text(const View& value, const TimeZone& zone, Arena& arena);

}  // namespace engage::expr
