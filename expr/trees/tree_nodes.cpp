#include "expr/trees/tree_nodes.hpp"

#include <algorithm>
#include <string>

#include "expr/syntax/parse.hpp"

namespace engage::expr::trees {

namespace {

std::uint32_t depth_of(const std::vector<syntax::NodePtr>& nodes) {
    std::uint32_t depth = 0;
    for (const auto& node : nodes) depth = std::max(depth, node->depth);
    return depth;
}

}  // namespace

syntax::NodePtr TreeNodes::logical(syntax::LogicalOp op, std::vector<syntax::NodePtr> nodes, const values::Cursor& at) {
    const auto depth = depth_of(nodes);
    return make(syntax::Logical{op, std::move(nodes)}, depth, at);
}

syntax::NodePtr TreeNodes::unary(syntax::UnaryOp op, syntax::NodePtr operand, const values::Cursor& at) {
    const auto depth = operand->depth;
    return make(syntax::Unary{op, std::move(operand)}, depth, at);
}

syntax::NodePtr TreeNodes::binary(syntax::BinaryOp op, syntax::NodePtr left, syntax::NodePtr right,
                                  const values::Cursor& at) {
    const auto depth = std::max(left->depth, right->depth);
    return make(syntax::Binary{op, std::move(left), std::move(right)}, depth, at);
}

syntax::NodePtr TreeNodes::call(syntax::Function function, std::vector<syntax::NodePtr> arguments,
                                const values::Cursor& at) {
    const auto depth = depth_of(arguments);
    return make(syntax::Call{.function = function, .arguments = std::move(arguments), .pattern = {}}, depth, at);
}

syntax::NodePtr TreeNodes::call(syntax::Function function, syntax::NodePtr argument, const values::Cursor& at) {
    std::vector<syntax::NodePtr> arguments;
    arguments.push_back(std::move(argument));
    return call(function, std::move(arguments), at);
}

void TreeNodes::refuse_depth(const values::Cursor& at) {
    at.refuse("nested deeper than " + std::to_string(syntax::kMaxNesting) + " levels");
}

void TreeNodes::count_one(std::uint32_t depth_below, const values::Cursor& at) {
    if (depth_below >= syntax::kMaxNesting) refuse_depth(at);
    if (++nodes_ > syntax::kMaxNodes)
        at.refuse("more than " + std::to_string(syntax::kMaxNodes) + " operands and operators");
}

}  // namespace engage::expr::trees
