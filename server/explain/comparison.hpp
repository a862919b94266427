#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/explain/survey.hpp"

namespace engage::server::explain {

/// The text of a node, shortened when long.
std::string text_of(const expr::syntax::Node& node);

/// In double quotes, as the language writes it; shortened when long.
std::string in_quotes(std::string_view text);

/// "1 profile", "2 profiles".
std::string profiles_text(std::size_t count);

/// The value of a literal of that type, null for any other node.
template <class Value>
const Value* literal_of(const expr::syntax::Node& node) {
    const auto* literal = std::get_if<expr::syntax::Literal>(&node.is);
    return literal == nullptr ? nullptr : std::get_if<Value>(literal);
}

bool is_call(const expr::syntax::Node& node, expr::syntax::Function function);
/// `==` and `!=`.
bool is_equality(expr::syntax::BinaryOp op);
/// These, `<`, `<=`, `>` and `>=`.
bool is_comparison(expr::syntax::BinaryOp op);

/// A condition with a property on one side, the left one when both are properties.
struct Comparison {
    const expr::syntax::Binary* binary = nullptr;
    const PropertyUse* use = nullptr;
    const expr::syntax::Node* property = nullptr;
    const expr::syntax::Node* other = nullptr;  ///< The other side.
    bool is_negated = false;                    ///< Right after an odd number of `not`.

    bool property_is_left() const { return binary->left.get() == property; }
    expr::syntax::BinaryOp op() const { return binary->op; }
    bool has(expr::values::Type type) const { return use->types[type] > 0; }
    std::string property_text() const { return text_of(*property); }
    std::string other_text() const { return text_of(*other); }
    /// `==`, or `!=` negated.
    bool asks_for_equality() const { return (op() == expr::syntax::BinaryOp::kEqual) != is_negated; }
    /// The comparison with other texts for its sides, and the `not` before it.
    std::string rewritten(const std::string& property_text, const std::string& other_text) const;
    /// `properties["age"] is a number on 5 profiles`
    std::string says(expr::values::Type type) const;
};

std::optional<Comparison> comparison_of(const Condition& condition);

/// "a string", "an object".
std::string with_article(expr::values::Type type);

}  // namespace engage::server::explain
