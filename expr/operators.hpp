#pragma once

#include <string>
#include <string_view>

#include "expr/ast.hpp"
#include "expr/functions.hpp"
#include "expr/value.hpp"

namespace engage::expr {

/// Longest text that `+` and `string()` of a list or object make; a longer one is undefined. How much all texts of an
/// evaluation take together is limited by kMaxAllocated.
inline constexpr std::size_t kMaxConcatenation = 1024 * 1024;

/// The value of `left op right`. Operands of types that do not go together give undefined, with `==` false.
View apply(BinaryOp op, const View& left, const View& right, const Environment& environment);

/// The value of `not operand` or `-operand`.
View apply(UnaryOp op, const View& operand, const Semantics& semantics);

/// The comparison that says the same with its sides exchanged: `<` for `>`.
BinaryOp turned_round(BinaryOp comparison);

/// The value of `base[index]`.
View item_of(const View& base, const View& index);

/// Text comparison of the language: the letters A to Z equal a to z, everything else is compared by byte.
bool equal_ignoring_case(std::string_view left, std::string_view right);
bool less_ignoring_case(std::string_view left, std::string_view right);
/// The letters A to Z as a to z.
std::string folded(std::string_view text);

}  // namespace engage::expr
