#include "expr/trace.hpp"

#include <algorithm>

#include "expr/evaluation.hpp"

namespace engage::expr {
namespace {

bool is_plain_literal(const Node& node) {
    const auto* literal = std::get_if<Literal>(&node.is);
    return literal != nullptr && !std::holds_alternative<Now>(*literal);
}

/// From the root down and from right to left: the reverse of the order in which values arise.
void add_steps(const Node& node, std::uint32_t depth, std::size_t most, std::vector<Step>& steps) {
    if (steps.size() == most || is_plain_literal(node)) return;
    steps.push_back({&node, depth});
    const auto operands = operands_of(node);
    for (auto operand = operands.rbegin(); operand != operands.rend(); ++operand)
        add_steps(**operand, depth + 1, most, steps);
}

}  // namespace

Trace::Trace(const Ast& ast) : tables_(bind(ast, &positions_)) {}

std::optional<View> Trace::value(const Node& node, const Record& record, const Context& context, Arena& arena) const {
    const auto position = positions_.find(&node);
    if (position == positions_.end()) return std::nullopt;
    return Evaluation(tables_, record, context, arena).value(position->second);
}

std::vector<Step> steps_of(const Ast& ast, std::size_t most) {
    std::vector<Step> steps;
    add_steps(*ast.root, 0, most, steps);
    std::reverse(steps.begin(), steps.end());
    return steps;
}

}  // namespace engage::expr
