#include "server/definitions/definition.hpp"

#include <utility>

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

Expected<std::vector<Behavior>, DocumentError> read_behaviors(const std::string& text, expr::syntax::Grammar grammar) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos || text[first] != '{') {
        auto behaviors = parse_behaviors(text, grammar);
        // Saved cohorts are known to hold an object.
        if (behaviors)
            for (auto& behavior : *behaviors) behavior.is_extended = true;
        return behaviors;
    }
    const auto object = fixtures::json::read_document(text);
    if (!object) return unexpected(object.error());
    return parse_saved_behaviors(expr::values::Cursor(*object), grammar);
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

Expected<CohortDefinition, expr::values::DocumentError> read_definition(const DefinitionText& text,
                                                                        expr::syntax::Grammar grammar) {
    const auto* const pointer = text.where ? "/where" : "/selector";
    auto ast =
        below(pointer, text.where ? read_where(*text.where, grammar) : read_selector(text.selector.value_or("{}")));
    if (!ast) return unexpected(std::move(ast.error()));
    CohortDefinition definition{
        .program = expr::evaluation::Program(std::move(*ast)), .behaviors = {}, .references = {}};
    if (text.behaviors) {
        auto behaviors = below("/behaviors", read_behaviors(*text.behaviors, grammar));
        if (!behaviors) return unexpected(std::move(behaviors.error()));
        definition.behaviors = std::move(*behaviors);
    }
    const auto undeclared = undeclared_behaviors(definition.program, definition.behaviors);
    if (!undeclared.empty())
        return unexpected(expr::values::DocumentError{
            pointer, "behaviors[\"" + undeclared.front() + "\"] is not declared in behaviors"});
    for (const auto& [scope, name] : definition.program.references())
        if (scope == expr::values::Scope::kCohorts) definition.references.push_back(number_of(name));
    return definition;
}

}  // namespace engage::server::definitions
