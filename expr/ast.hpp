#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "expr/record.hpp"

namespace engage::expr {

/// A half-open range of bytes of the source text.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
};

struct Node;
using NodePtr = std::unique_ptr<Node>;

enum class UnaryOp : unsigned char { kNot, kMinus };
enum class BinaryOp : unsigned char {
    kEqual,
    kNotEqual,
    kLess,
    kLessEqual,
    kGreater,
    kGreaterEqual,
    kIn,
    kAdd,
    kSubtract,
    kMultiply,
    kDivide,
    kModulo
};
enum class LogicalOp : unsigned char { kAnd, kOr };
/// The functions that the endpoint is known or documented to accept.
enum class Function : unsigned char { kDefined, kBoolean, kNumber, kString, kDatetime, kList, kFloor, kRound, kCeil };

struct UndefinedLiteral {};
struct NullLiteral {};
struct Now {};  ///< The macro NOW: the current Unix second.
/// Literals and references of the source text.
using Literal = std::variant<UndefinedLiteral, NullLiteral, Now, bool, double, std::string>;

struct ListOf {
    std::vector<NodePtr> items;
};
struct Unary {
    UnaryOp op;
    NodePtr operand;
};
struct Binary {
    BinaryOp op;
    NodePtr left;
    NodePtr right;
};
/// Two or more operands: a chain of one operator is one node, so ten thousand terms stay one level deep.
struct Logical {
    LogicalOp op;
    std::vector<NodePtr> operands;
};
struct Call {
    Function function;
    std::vector<NodePtr> arguments;
};
/// `base[index]` on a list (from 0) or an object.
struct Index {
    NodePtr base;
    NodePtr index;
};

struct Node {
    std::variant<Literal, Reference, ListOf, Unary, Binary, Logical, Call, Index> is;
    Span at;
    std::uint32_t depth = 1;  ///< Of the tree below, this node included.
};

/// A parsed expression. `root` is null for a blank text.
struct Ast {
    NodePtr root;
    std::size_t nodes = 0;
};

/// Parenthesised prefix notation: `(== (p "plan") "pro")`. Empty for an empty tree.
std::string to_tree(const Ast& ast);

/// The expression as text that parses to the same tree, with the parentheses that it needs. It nests no deeper than
/// the text that was parsed, so only the limit of length can refuse it.
std::string to_text(const Ast& ast);

}  // namespace engage::expr
