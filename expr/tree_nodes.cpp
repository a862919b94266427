#include "expr/tree_nodes.hpp"

#include <algorithm>
#include <string>

#include "expr/parse.hpp"

namespace engage::expr {

namespace {

std::uint32_t depth_of(const std::vector<NodePtr>& nodes) {
    std::uint32_t depth = 0;
    for (const auto& node : nodes) depth = std::max(depth, node->depth);
    return depth;
}

}  // namespace

NodePtr TreeNodes::logical(LogicalOp op, std::vector<NodePtr> nodes, const TreeValue& at) {
    const auto depth = depth_of(nodes);
    return make(Logical{op, std::move(nodes)}, depth, at);
}

NodePtr TreeNodes::unary(UnaryOp op, NodePtr operand, const TreeValue& at) {
    const auto depth = operand->depth;
    return make(Unary{op, std::move(operand)}, depth, at);
}

NodePtr TreeNodes::binary(BinaryOp op, NodePtr left, NodePtr right, const TreeValue& at) {
    const auto depth = std::max(left->depth, right->depth);
    return make(Binary{op, std::move(left), std::move(right)}, depth, at);
}

NodePtr TreeNodes::call(Function function, std::vector<NodePtr> arguments, const TreeValue& at) {
    const auto depth = depth_of(arguments);
    return make(Call{.function = function, .arguments = std::move(arguments), .pattern = {}}, depth, at);
}

NodePtr TreeNodes::call(Function function, NodePtr argument, const TreeValue& at) {
    std::vector<NodePtr> arguments;
    arguments.push_back(std::move(argument));
    return call(function, std::move(arguments), at);
}

void TreeNodes::refuse_depth(const TreeValue& at) {
    at.refuse("nested deeper than " + std::to_string(kMaxNesting) + " levels");
}

void TreeNodes::count_one(std::uint32_t depth_below, const TreeValue& at) {
    if (depth_below >= kMaxNesting) refuse_depth(at);
    if (++nodes_ > kMaxNodes) at.refuse("more than " + std::to_string(kMaxNodes) + " operands and operators");
}

}  // namespace engage::expr
