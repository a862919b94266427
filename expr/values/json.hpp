#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "expr/values/arena.hpp"
#include "expr/values/time_zone.hpp"
#include "expr/values/value.hpp"

namespace engage::expr::values {

/// Compact JSON of a value, placed into `arena`: undefined is null, a datetime its local text in quotes. Nothing when
/// it is longer than `most` bytes.
std::optional<std::string_view> json_text(const View& value, const TimeZone& zone, Arena& arena,
                                          std::size_t most = static_cast<std::size_t>(-1));

/// The same as a text of its own.
std::string to_json(const View& value, const TimeZone& zone);

/// At most the first `longest` bytes of that text, then "…" for the rest, which is not made.
std::string to_json(const View& value, const TimeZone& zone, std::size_t longest);

}  // namespace engage::expr::values
