#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "expr/expected.hpp"
#include "expr/syntax/ast.hpp"

namespace engage::expr::syntax {

/// Longest accepted `where`, in bytes. Above it the text is refused unread.
inline constexpr std::size_t kMaxSourceLength = 1024 * 1024;
/// Deepest accepted nesting of parentheses, calls, lists, indexes and prefix operators.
inline constexpr std::size_t kMaxNesting = 200;
/// Most operators, calls and lists above one operand: each operator of a chain such as `1 + 1 + …` is above the first
/// one; an `and`/`or` chain is a single operator.
inline constexpr std::size_t kMaxTreeDepth = 1000;
/// Most nodes of one expression.
inline constexpr std::size_t kMaxNodes = 200'000;

/// Most regular expressions of one expression that are literals.
inline constexpr std::size_t kMaxPatterns = 256;

/// Why a `where` was refused.
struct ParseError {
    std::size_t offset = 0;  ///< In bytes from the start of the text.
    std::string message;  ///< One line: what was expected, and what to write instead where the mistake is a known one.
};

/// Reads a segmentation expression; by default in the documented grammar with the forms that clients are known to send.
/// A blank text is the absent filter: an Ast without a root.
Expected<Ast, ParseError> parse(std::string_view text, Grammar grammar = Grammar::kEngage);

}  // namespace engage::expr::syntax
