#pragma once

#include <cstdint>
#include <vector>

#include "expr/columns/bitmap.hpp"
#include "expr/columns/column.hpp"

namespace engage::expr::columns {

/// How many of `rows` have each slot of a column with a dictionary.
std::vector<std::uint32_t> slot_counts(const Column& column, const Bitmap& rows);

}  // namespace engage::expr::columns
