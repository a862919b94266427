#include "expr/evaluation/trace.hpp"

#include <algorithm>

#include "expr/evaluation/evaluation.hpp"

namespace engage::expr::evaluation {
namespace {

bool is_plain_literal(const syntax::Node& node) {
    const auto* literal = std::get_if<syntax::Literal>(&node.is);
    return literal != nullptr && !std::holds_alternative<syntax::Now>(*literal);
}

/// From the root down and from right to left: the reverse of the order in which values arise.
void add_steps(const syntax::Node& node, std::uint32_t depth, std::size_t most, std::vector<Step>& steps) {
    if (steps.size() == most || is_plain_literal(node)) return;
    steps.push_back({&node, depth});
    const auto operands = syntax::operands_of(node);
    for (auto operand = operands.rbegin(); operand != operands.rend(); ++operand)
        add_steps(**operand, depth + 1, most, steps);
}

}  // namespace

Trace::Trace(const syntax::Ast& ast) : tables_(bind(ast, &positions_)) { keep_closed(*ast.root); }

/// Forgets the nodes that use a variable which is bound above them. Returns the slots of such variables.
std::set<std::uint32_t> Trace::keep_closed(const syntax::Node& node) {
    std::set<std::uint32_t> open;
    if (const auto* variable = std::get_if<syntax::Variable>(&node.is)) open.insert(variable->slot);
    const auto* binding = std::get_if<syntax::Binding>(&node.is);
    for (const auto* operand : syntax::operands_of(node)) {
        auto below = keep_closed(*operand);
        if (binding != nullptr && operand == binding->body.get()) below.erase(binding->slot);
        open.merge(below);
    }
    if (!open.empty()) positions_.erase(&node);
    return open;
}

std::optional<values::View> Trace::value(const syntax::Node& node, const values::Record& record, const Context& context,
                                         values::Arena& arena) const {
    const auto position = positions_.find(&node);
    if (position == positions_.end()) return std::nullopt;
    const Evaluation evaluation(tables_, record, context, arena);
    const auto value = evaluation.value(position->second);
    return evaluation.is_exhausted() ? values::View() : value;
}

std::vector<Step> steps_of(const syntax::Ast& ast, std::size_t most) {
    std::vector<Step> steps;
    add_steps(*ast.root, 0, most, steps);
    std::reverse(steps.begin(), steps.end());
    return steps;
}

}  // namespace engage::expr::evaluation
