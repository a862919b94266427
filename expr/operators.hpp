#pragma once

#include <cstddef>

#include "expr/ast.hpp"
#include "expr/functions.hpp"
#include "expr/value.hpp"

namespace engage::expr {

/// The value of `left op right`. Operands of types that do not go together give undefined, with `==` false.
View apply(BinaryOp op, const View& left, const View& right, const Environment& environment);

/// The value of `not operand` or `-operand`.
View apply(UnaryOp op, const View& operand, const Semantics& semantics);

/// The comparison that says the same with its sides exchanged: `<` for `>`.
BinaryOp turned_round(BinaryOp comparison);

/// The value of `base[index]`.
View item_of(const View& base, const View& index);

}  // namespace engage::expr
