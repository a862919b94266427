#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "expr/syntax/construct.hpp"
#include "expr/syntax/function.hpp"
#include "expr/text/regex.hpp"
#include "expr/values/record.hpp"

namespace engage::expr::syntax {

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
    kModulo,
    kContains  ///< `in` with its operands the other way round; a program has `kIn` for it.
};
enum class LogicalOp : unsigned char { kAnd, kOr };

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
    bool is_infix = false;  ///< `x not in y`, written so.
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
    std::shared_ptr<const text::Regex> pattern;  ///< Of a regular expression that is a literal; null otherwise.
};
/// `any(name, source, body)` and its like, and one name of a `let`.
struct Binding {
    Function function;
    std::string name;
    std::uint32_t slot;  ///< The same as that of the variables in `body` that stand for it.
    NodePtr source;
    NodePtr body;
};
/// A name that a binding around it gives a value.
struct Variable {
    std::string name;
    std::uint32_t slot;
};
/// `base[index]` on a list (from 0) or an object.
struct Index {
    NodePtr base;
    NodePtr index;
};

struct Node {
    std::variant<Literal, values::Reference, ListOf, Unary, Binary, Logical, Call, Index, Binding, Variable> is;
    Span at;
    std::uint32_t depth = 1;  ///< Of the tree below, this node included.
};

/// A parsed expression. `root` is null for a blank text.
struct Ast {
    NodePtr root;
    std::size_t nodes = 0;
    std::uint32_t variables = 0;  ///< Slots that evaluation needs.
    std::vector<Use>
        beyond_known;  ///< What goes beyond `Grammar::kKnown`: each construct once, in the order of the text.
};

/// Parenthesised prefix notation: `(== (p "plan") "pro")`. Empty for an empty tree.
std::string to_tree(const Ast& ast);

/// The expression as text that parses to the same tree under the same grammar, with the parentheses that it needs. It
/// nests no deeper than the text that was parsed, so only the limit of length can refuse it.
std::string to_text(const Ast& ast);

/// The text of one node of a tree; at most its first `longest` bytes, then "…" for the rest, which is not made.
std::string to_text(const Node& node);
std::string to_text(const Node& node, std::size_t longest);

/// The nodes right below one, in the order of the text.
std::vector<const Node*> operands_of(const Node& node);

/// As the language writes it: "==", "in", "+".
std::string_view symbol(BinaryOp op);

}  // namespace engage::expr::syntax
