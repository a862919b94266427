#include "server/explain/date_advice.hpp"

#include <algorithm>

#include "expr/evaluation/operators.hpp"
#include "expr/text/text.hpp"
#include "server/explain/comparison.hpp"

namespace engage::server::explain {

namespace {

using expr::syntax::Binary;
using expr::syntax::BinaryOp;
using expr::syntax::Function;
using expr::syntax::Node;

/// The argument of `datetime(…)`, null for any other node.
const Node* cast_to_date(const Node& node) {
    return is_call(node, Function::kDatetime) ? expr::syntax::operands_of(node).front() : nullptr;
}

bool is_property(const Node& node) { return std::holds_alternative<expr::values::Reference>(node.is); }

const Binary* sum_of(const Node& node) {
    const auto* binary = std::get_if<Binary>(&node.is);
    return binary != nullptr && (binary->op == BinaryOp::kAdd || binary->op == BinaryOp::kSubtract) ? binary : nullptr;
}

std::string text_of_op(BinaryOp op) { return ' ' + std::string(expr::syntax::symbol(op)) + ' '; }

/// A property that is compared with a date: cast, unless it is already or holds dates as texts.
std::string as_date(const Node& node) { return is_property(node) ? "datetime(" + text_of(node) + ')' : text_of(node); }

std::string in_parentheses(const Node& node) {
    return sum_of(node) != nullptr ? '(' + text_of(node) + ')' : text_of(node);
}

/// The property whose age `NOW - x` or `datetime(NOW) - datetime(x)` asks for, null for anything else.
const Node* property_of_age(const Node& node, const Condition& condition) {
    const auto* sum = sum_of(node);
    if (sum == nullptr || sum->op != BinaryOp::kSubtract) return nullptr;
    const auto* date = cast_to_date(*sum->left);
    const auto& from = date != nullptr ? *date : *sum->left;
    if (literal_of<expr::syntax::Now>(from) == nullptr) return nullptr;
    const auto* cast = cast_to_date(*sum->right);
    if (cast != nullptr && is_property(*cast)) return cast;
    const auto holds_dates = [](const PropertyUse& use) { return use.date_texts > 0; };
    const bool has_dates = std::any_of(condition.properties.begin(), condition.properties.end(), holds_dates);
    return is_property(*sum->right) && has_dates ? sum->right.get() : nullptr;
}

/// `datetime(NOW) - 604800` as `datetime(NOW - 604800)`, empty when it is something else.
std::string shifted_inside(const Node& node) {
    const auto* sum = sum_of(node);
    const auto* date = sum == nullptr ? nullptr : cast_to_date(*sum->left);
    if (date == nullptr || literal_of<expr::syntax::Now>(*date) == nullptr) return {};
    return "datetime(NOW" + text_of_op(sum->op) + text_of(*sum->right) + ')';
}

}  // namespace

std::vector<std::string> date_arithmetic_advice(const Condition& condition) {
    const auto* binary = std::get_if<Binary>(&condition.node->is);
    if (binary == nullptr || !is_comparison(binary->op)) return {};
    const std::string negation = condition.is_negated ? "not " : "";
    for (const auto* side : {binary->left.get(), binary->right.get()}) {
        const bool is_left = side == binary->left.get();
        const auto& other = is_left ? *binary->right : *binary->left;
        const auto begin = text_of(*side) + " is undefined, for only numbers are subtracted: write " + negation;
        if (const auto* property = property_of_age(*side, condition))
            return {begin + "datetime(" + text_of(*property) + ')' +
                    text_of_op(is_left ? expr::evaluation::turned_round(binary->op) : binary->op) + "datetime(NOW - " +
                    in_parentheses(other) + ')'};
        const auto shifted = shifted_inside(*side);
        if (shifted.empty()) continue;
        const auto op = text_of_op(binary->op);
        return {text_of(*side) + " is undefined, for a date is no number: write " + negation +
                (is_left ? shifted + op + as_date(other) : as_date(other) + op + shifted)};
    }
    return {};
}

bool looks_like_date(std::string_view text) {
    const auto separators = [&](char separator) { return std::count(text.begin(), text.end(), separator); };
    const auto day = text.substr(0, text.find_first_of(" T"));
    const bool is_short = day.size() >= 6 && day.size() <= 10;
    const bool is_numbers = std::all_of(
        day.begin(), day.end(), [&](char c) { return expr::text::is_digit(c) || c == '/' || c == '.' || c == '-'; });
    return is_short && is_numbers && expr::text::is_digit(day.front()) &&
           (separators('/') == 2 || separators('.') == 2 || separators('-') == 2);
}

}  // namespace engage::server::explain
