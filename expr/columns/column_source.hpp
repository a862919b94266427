#pragma once

#include <cstddef>
#include <memory>

#include "expr/columns/column.hpp"
#include "expr/values/record.hpp"

namespace engage::expr::columns {

/// Where a filter finds the columns of a set of profiles.
class ColumnSource {
public:
    virtual ~ColumnSource() = default;
    virtual std::size_t rows() const = 0;
    /// Null when the reference is undefined for every row. Thread-safe.
    virtual std::shared_ptr<const Column> column(const values::Reference& reference) const = 0;
};

}  // namespace engage::expr::columns
