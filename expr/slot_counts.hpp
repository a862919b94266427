#pragma once

#include <cstdint>
#include <vector>

#include "expr/bitmap.hpp"
#include "expr/column.hpp"

namespace engage::expr {

/// How many of `rows` have each slot of a column with a dictionary.
std::vector<std::uint32_t> slot_counts(const Column& column, const Bitmap& rows);

}  // namespace engage::expr
