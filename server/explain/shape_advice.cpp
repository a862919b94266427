#include "server/explain/shape_advice.hpp"

#include <algorithm>

#include "expr/text/text.hpp"
#include "server/explain/comparison.hpp"

namespace engage::server::explain {

namespace {

using expr::syntax::Binary;
using expr::syntax::BinaryOp;
using expr::syntax::Literal;
using expr::syntax::Logical;
using expr::syntax::LogicalOp;
using expr::syntax::Node;
using Lines = std::vector<std::string>;

constexpr std::size_t kMostOperands = 100;  ///< Of one `and` or `or` that are compared with each other.
constexpr std::size_t kMostLines = 10;

bool is_literal(const Node& node) { return std::holds_alternative<Literal>(node.is); }

/// `x op literal`, null for anything else.
const Binary* with_literal(const Node& node, BinaryOp op) {
    const auto* binary = std::get_if<Binary>(&node.is);
    const bool is_it =
        binary != nullptr && binary->op == op && !is_literal(*binary->left) && is_literal(*binary->right);
    return is_it ? binary : nullptr;
}

bool is_same(const Node& left, const Node& right) {
    return expr::text::equal_ignoring_case(text_of(left), text_of(right));
}

std::string alternatives(const Binary& first, const Node& second) {
    return text_of(*first.left) + " in [" + text_of(*first.right) + ", " + text_of(second) + ']';
}

void add_contradiction(const Logical& logical, Lines& lines) {
    const bool is_or = logical.op == LogicalOp::kOr;
    std::vector<const Binary*> seen;
    for (std::size_t i = 0; i < std::min(logical.operands.size(), kMostOperands); ++i) {
        const auto* binary = with_literal(*logical.operands[i], is_or ? BinaryOp::kNotEqual : BinaryOp::kEqual);
        if (binary == nullptr) continue;
        const auto other = std::find_if(seen.begin(), seen.end(), [&](const Binary* one) {
            return text_of(*one->left) == text_of(*binary->left) && !is_same(*one->right, *binary->right);
        });
        if (other == seen.end()) {
            seen.push_back(binary);
            continue;
        }
        const auto sign = ' ' + std::string(expr::syntax::symbol(binary->op)) + ' ';
        const auto property = text_of(*binary->left);
        const auto first = property + sign + text_of(*(*other)->right);
        const auto second = property + sign + text_of(*binary->right);
        lines.push_back(is_or ? first + " or " + second + " is true for every value: write " + first + " and " + second
                              : first + " and " + second + " is true for no value: write " +
                                    alternatives(**other, *binary->right));
        return;
    }
}

void add_contradictions(const Node& node, Lines& lines) {
    if (lines.size() == kMostLines) return;
    if (const auto* unary = std::get_if<expr::syntax::Unary>(&node.is))
        return add_contradictions(*unary->operand, lines);
    const auto* logical = std::get_if<Logical>(&node.is);
    if (logical == nullptr) return;
    add_contradiction(*logical, lines);
    for (const auto& operand : logical->operands) add_contradictions(*operand, lines);
}

/// `x == "a" or "b"`
void lone_constant(const Condition& condition, Lines& lines) {
    if (literal_of<std::string>(*condition.node) == nullptr && literal_of<double>(*condition.node) == nullptr) return;
    const auto* before = condition.before == nullptr ? nullptr : std::get_if<Binary>(&condition.before->is);
    if (before == nullptr) return;
    const auto text = text_of(*condition.node);
    const auto begin = text + " alone is always " + (condition.matches > 0 ? "true" : "false") + ": write ";
    const auto sign = ' ' + std::string(expr::syntax::symbol(before->op)) + ' ';
    if (before->op == BinaryOp::kIn && is_literal(*before->left))
        return lines.push_back(begin + text + sign + text_of(*before->right));
    if (!is_comparison(before->op) || !is_literal(*before->right)) return;
    const bool is_choice = before->op == BinaryOp::kEqual && condition.is_alternative;
    lines.push_back(begin + text_of(*before->left) + sign + text +
                    (is_choice ? ", or " + alternatives(*before, *condition.node) : ""));
}

bool is_ordering(BinaryOp op) { return is_comparison(op) && !is_equality(op); }

/// `5 < x < 50`
void chain(const Condition& condition, Lines& lines) {
    const auto* outer = std::get_if<Binary>(&condition.node->is);
    const auto* inner = outer == nullptr ? nullptr : std::get_if<Binary>(&outer->left->is);
    if (inner == nullptr || !is_ordering(outer->op) || !is_ordering(inner->op)) return;
    const auto first = text_of(*outer->left);
    const auto both = first + " and " + text_of(*inner->right) + ' ' + std::string(expr::syntax::symbol(outer->op)) +
                      ' ' + text_of(*outer->right);
    lines.push_back(text_of(*condition.node) + " compares the boolean of " + first + " with " + text_of(*outer->right) +
                    ": write " + (condition.is_negated ? "not (" + both + ')' : both));
}

/// `defined("x")`
void defined_text(const Condition& condition, Lines& lines) {
    if (!is_call(*condition.node, expr::syntax::Function::kDefined)) return;
    const auto& argument = *expr::syntax::operands_of(*condition.node).front();
    if (const auto* name = literal_of<std::string>(argument))
        lines.push_back(text_of(*condition.node) + " asks for a text, which is always defined: write " +
                        (condition.is_negated ? "not " : "") + "defined(properties[" + in_quotes(*name) + "])");
}

/// A text that was meant to be the name of a property.
void constant_comparison(const Condition& condition, const fixtures::profiles::ProfileSet& profiles, Lines& lines) {
    const auto* binary = std::get_if<Binary>(&condition.node->is);
    if (binary == nullptr || !condition.properties.empty()) return;
    auto line = text_of(*condition.node) + " reads no property: ";
    const auto sign = ' ' + std::string(expr::syntax::symbol(binary->op)) + ' ';
    for (const auto* side : {binary->left.get(), binary->right.get()}) {
        const auto* text = literal_of<std::string>(*side);
        if (text == nullptr || !profiles.find_name(*text)) continue;
        const auto property = "properties[" + in_quotes(*text) + ']';
        const bool is_left = side == binary->left.get();
        return lines.push_back(
            line + "write " + (condition.is_negated ? "not " : "") +
            (is_left ? property + sign + text_of(*binary->right) : text_of(*binary->left) + sign + property));
    }
    lines.push_back(line + "one is written properties[\"name\"]");
}

}  // namespace

std::vector<std::string> logical_advice(const Node& root) {
    Lines lines;
    add_contradictions(root, lines);
    return lines;
}

std::vector<std::string> shape_advice(const Condition& condition, const fixtures::profiles::ProfileSet& profiles) {
    Lines lines;
    lone_constant(condition, lines);
    defined_text(condition, lines);
    constant_comparison(condition, profiles, lines);
    chain(condition, lines);
    return lines;
}

}  // namespace engage::server::explain
