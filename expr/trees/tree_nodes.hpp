#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "expr/syntax/ast.hpp"
#include "expr/values/cursor.hpp"

namespace engage::expr::trees {

/// What trees call the types of values.
inline constexpr std::array<std::string_view, 5> kTypeNames{"string", "number", "boolean", "datetime", "list"};

/// Makes the nodes of an expression that is written as JSON, `at` being the value that each comes from; refuses those
/// beyond the limits of parse.hpp. The text of a tree nests no deeper than the tree: so the tree is held to what a text
/// may nest.
class TreeNodes {
public:
    /// How many were made.
    std::size_t count() const { return nodes_; }

    /// Two or more operands.
    syntax::NodePtr logical(syntax::LogicalOp op, std::vector<syntax::NodePtr> nodes, const values::Cursor& at);
    syntax::NodePtr unary(syntax::UnaryOp op, syntax::NodePtr operand, const values::Cursor& at);
    syntax::NodePtr binary(syntax::BinaryOp op, syntax::NodePtr left, syntax::NodePtr right, const values::Cursor& at);
    syntax::NodePtr call(syntax::Function function, std::vector<syntax::NodePtr> arguments, const values::Cursor& at);
    syntax::NodePtr call(syntax::Function function, syntax::NodePtr argument, const values::Cursor& at);

    /// `depth_below` is that of the deepest operand.
    template <class What>
    syntax::NodePtr make(What what, std::uint32_t depth_below, const values::Cursor& at) {
        count_one(depth_below, at);
        return std::make_unique<syntax::Node>(syntax::Node{std::move(what), {}, depth_below + 1});
    }

    [[noreturn]] static void refuse_depth(const values::Cursor& at);

private:
    void count_one(std::uint32_t depth_below, const values::Cursor& at);

    std::size_t nodes_ = 0;
};

}  // namespace engage::expr::trees
