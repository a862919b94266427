#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "expr/columns/filter.hpp"
#include "expr/columns/sort_keys.hpp"
#include "expr/evaluation/program.hpp"
#include "expr/expected.hpp"

namespace engage::expr::columns {

/// Why there are no sort keys.
struct SortFault {
    /// The operand that `Semantics::logical_types_refused` forbids; without one the computed texts were too long to be
    /// kept all.
    std::optional<evaluation::LogicalFault> operand;
};

/// Adds to `keys` what the expression gives for `rows`: one key for each of its distinct values where it reads one
/// property, otherwise one for each row. Returns the number of each row's key.
Expected<std::vector<std::uint32_t>, SortFault> add_keys(const evaluation::Program& program, const ColumnSource& source,
                                                         const evaluation::Context& context,
                                                         std::span<const std::uint32_t> rows, SortKeys& keys);

/// Adds what the expression gives for one record.
Expected<void, SortFault> add_key(const evaluation::Program& program, const values::Record& record,
                                  const evaluation::Context& context, values::Arena& arena, SortKeys& keys);

}  // namespace engage::expr::columns
