#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "expr/columns/column.hpp"

namespace engage::server::query::endpoints {

struct ValueCount {
    std::string text;
    std::uint32_t profiles = 0;
};

/// The texts, numbers and booleans of a property, as text; a list stands for its items. At most `limit`, those that
/// most profiles have first, then by their bytes.
std::vector<ValueCount> most_frequent_values(const expr::columns::Column& column, std::size_t limit);

}  // namespace engage::server::query::endpoints
