#include "server/definitions/definition.hpp"

#include <utility>

#include "expr/syntax/caret.hpp"
#include "expr/syntax/parse.hpp"
#include "expr/text/parse_whole.hpp"
#include "fixtures/json/read.hpp"
#include "server/definitions/behaviors_parameter.hpp"
#include "server/definitions/declared.hpp"
#include "server/definitions/saved_behaviors.hpp"

namespace engage::server::definitions {

namespace {

using expr::values::DocumentError;

Expected<expr::syntax::Ast, expr::values::DocumentError> read_where(const std::string& where,
                                                                    expr::syntax::Grammar grammar) {
    auto ast = expr::syntax::parse(where, grammar);
    if (ast) return std::move(*ast);
    const auto character = expr::syntax::characters_before(where, ast.error().offset);
    return unexpected(
        expr::values::DocumentError{{}, "at character " + std::to_string(character) + ": " + ast.error().message});
}

Expected<expr::syntax::Ast, expr::values::DocumentError> read_selector(const std::string& selector) {
    const auto tree = fixtures::json::read_document(selector);
    if (!tree) return unexpected(tree.error());
    return expr::trees::parse_tree(expr::values::Cursor(*tree));
}

using Behaviors = Expected<std::vector<Behavior>, DocumentError>;

/// Saved cohorts are known to hold an object.
Behaviors extended(Behaviors behaviors) {
    if (behaviors)
        for (auto& behavior : *behaviors) behavior.is_extended = true;
    return behaviors;
}

Behaviors behaviors_in(std::string_view text, expr::syntax::Grammar grammar) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || text[first] != '{') return extended(parse_behaviors(text, grammar));
    const auto object = fixtures::json::read_document(text);
    if (!object) return unexpected(object.error());
    return parse_saved_behaviors(expr::values::Cursor(*object), grammar);
}

Behaviors behaviors_at(const expr::values::Cursor& place, expr::syntax::Grammar grammar) {
    if (place.is(expr::values::Type::kObject)) return parse_saved_behaviors(place, grammar);
    if (!place.is(expr::values::Type::kString)) return extended(read_behaviors(place, grammar));
    auto behaviors = behaviors_in(place.as_string(), grammar);
    if (!behaviors) behaviors.error().pointer.insert(0, place.pointer());
    return behaviors;
}

template <class Value>
Expected<Value, expr::values::DocumentError> below(const char* pointer,
                                                   Expected<Value, expr::values::DocumentError> value) {
    if (!value) value.error().pointer.insert(0, pointer);
    return value;
}

std::uint64_t number_of(const std::string& digits) {
    return expr::text::parse_whole<std::uint64_t>(digits).value_or(0);
}

}  // namespace

Expected<CohortDefinition, DocumentError> make_definition(expr::syntax::Ast ast, Behaviors behaviors,
                                                          const std::string& pointer) {
    if (!behaviors) return unexpected(std::move(behaviors.error()));
    CohortDefinition definition{
        .program = expr::evaluation::Program(std::move(ast)), .behaviors = std::move(*behaviors), .references = {}};
    const auto undeclared = undeclared_behaviors(definition.program, definition.behaviors);
    if (!undeclared.empty())
        return unexpected(
            DocumentError{pointer, "behaviors[\"" + undeclared.front() + "\"] is not declared in behaviors"});
    for (const auto& [scope, name] : definition.program.references())
        if (scope == expr::values::Scope::kCohorts) definition.references.push_back(number_of(name));
    return definition;
}

Expected<CohortDefinition, DocumentError> read_definition(const DefinitionText& text, expr::syntax::Grammar grammar) {
    const auto* const pointer = text.where ? "/where" : "/selector";
    auto ast =
        below(pointer, text.where ? read_where(*text.where, grammar) : read_selector(text.selector.value_or("{}")));
    if (!ast) return unexpected(std::move(ast.error()));
    auto behaviors = text.behaviors ? below("/behaviors", behaviors_in(*text.behaviors, grammar)) : Behaviors();
    return make_definition(std::move(*ast), std::move(behaviors), pointer);
}

Expected<CohortDefinition, DocumentError> read_definition(const DefinitionTree& tree, expr::syntax::Grammar grammar) {
    auto ast = expr::trees::parse_tree(tree.selector);
    if (!ast) return unexpected(std::move(ast.error()));
    auto behaviors = tree.behaviors ? behaviors_at(*tree.behaviors, grammar) : Behaviors();
    return make_definition(std::move(*ast), std::move(behaviors), tree.selector.pointer());
}

}  // namespace engage::server::definitions
