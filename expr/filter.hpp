#pragma once

#include "expr/bitmap.hpp"
#include "expr/column_source.hpp"
#include "expr/expected.hpp"
#include "expr/program.hpp"

namespace engage::expr {

/// The rows of `candidates` that `Program::matches`, found with columns: what reads one property is evaluated once for
/// each distinct value; `and` and `or` go from the cheapest part to the dearest and look only at rows that are still
/// open. Every value comes from the same operators and functions as `Program::evaluate`.
///
/// The error is that of the first row that has one; it arises under `Semantics::logical_types_refused` only.
Expected<Bitmap, LogicalFault> filter(const Program& program, const ColumnSource& source, const Context& context,
                                      Bitmap candidates);

}  // namespace engage::expr
