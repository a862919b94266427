#include "server/explain/comparison.hpp"

#include <algorithm>

namespace engage::server::explain {

using expr::syntax::BinaryOp;

namespace {

constexpr std::size_t kLongestPart = 200;

}  // namespace

std::string text_of(const expr::syntax::Node& node) { return expr::syntax::to_text(node, kLongestPart); }

std::string in_quotes(std::string_view text) {
    // One byte more: what is cut shows that it is.
    return text_of({expr::syntax::Literal(std::string(text.substr(0, kLongestPart + 1))), {}});
}

std::string profiles_text(std::size_t count) { return std::to_string(count) + (count == 1 ? " profile" : " profiles"); }

bool is_call(const expr::syntax::Node& node, expr::syntax::Function function) {
    const auto* call = std::get_if<expr::syntax::Call>(&node.is);
    return call != nullptr && call->function == function;
}

bool is_equality(BinaryOp op) { return op == BinaryOp::kEqual || op == BinaryOp::kNotEqual; }

bool is_comparison(BinaryOp op) {
    return is_equality(op) || op == BinaryOp::kLess || op == BinaryOp::kLessEqual || op == BinaryOp::kGreater ||
           op == BinaryOp::kGreaterEqual;
}

std::string Comparison::rewritten(const std::string& property_text, const std::string& other_text) const {
    const auto sign = ' ' + std::string(expr::syntax::symbol(binary->op)) + ' ';
    return (is_negated ? "not " : "") +
           (property_is_left() ? property_text + sign + other_text : other_text + sign + property_text);
}

std::string Comparison::says(expr::values::Type type) const {
    return property_text() + " is " + with_article(type) + " on " + profiles_text(use->types[type]);
}

std::optional<Comparison> comparison_of(const Condition& condition) {
    const auto* binary = std::get_if<expr::syntax::Binary>(&condition.node->is);
    if (binary == nullptr) return std::nullopt;
    for (const auto* side : {binary->left.get(), binary->right.get()}) {
        const auto* reference = std::get_if<expr::values::Reference>(&side->is);
        if (reference == nullptr) continue;
        const auto use = std::find_if(condition.properties.begin(), condition.properties.end(),
                                      [&](const PropertyUse& other) { return other.reference == *reference; });
        if (use == condition.properties.end()) return std::nullopt;
        const auto* other = side == binary->left.get() ? binary->right.get() : binary->left.get();
        return Comparison{binary, &*use, side, other, condition.is_negated};
    }
    return std::nullopt;
}

std::string with_article(expr::values::Type type) {
    return (type == expr::values::Type::kObject || type == expr::values::Type::kUndefined ? "an " : "a ") +
           std::string(expr::values::type_name(type));
}

}  // namespace engage::server::explain
