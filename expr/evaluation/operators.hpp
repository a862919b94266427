#pragma once

#include <cstddef>

#include "expr/functions/functions.hpp"
#include "expr/syntax/ast.hpp"
#include "expr/values/value.hpp"

namespace engage::expr::evaluation {

/// The value of `left op right`. Operands of types that do not go together give undefined, with `==` false.
values::View apply(syntax::BinaryOp op, const values::View& left, const values::View& right,
                   const functions::Environment& environment);

/// The value of `not operand` or `-operand`.
values::View apply(syntax::UnaryOp op, const values::View& operand, const syntax::Semantics& semantics);

/// The comparison that says the same with its sides exchanged: `<` for `>`.
syntax::BinaryOp turned_round(syntax::BinaryOp comparison);

/// The value of `base[index]`.
values::View item_of(const values::View& base, const values::View& index);

}  // namespace engage::expr::evaluation
