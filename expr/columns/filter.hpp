#pragma once

#include "expr/columns/bitmap.hpp"
#include "expr/columns/column_source.hpp"
#include "expr/evaluation/program.hpp"
#include "expr/expected.hpp"

namespace engage::expr::columns {

/// The rows of `candidates` that `Program::matches`, found with columns: what reads one property is evaluated once for
/// each distinct value; `and` and `or` go from the cheapest part to the dearest and look only at rows that are still
/// open. Every value comes from the same operators and functions as `Program::evaluate`.
///
/// The error is that of the first row that has one; it arises under `Semantics::logical_types_refused` only.
Expected<Bitmap, evaluation::LogicalFault> filter(const evaluation::Program& program, const ColumnSource& source,
                                                  const evaluation::Context& context, Bitmap candidates);

}  // namespace engage::expr::columns
