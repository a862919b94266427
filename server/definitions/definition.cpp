#include "server/definitions/definition.hpp"

#include <charconv>
#include <utility>

#include "expr/syntax/parse.hpp"
#include "fixtures/json/json_value.hpp"
#include "server/definitions/behaviors_parameter.hpp"
#include "server/definitions/declared.hpp"
#include "server/definitions/saved_behaviors.hpp"

namespace engage::server::definitions {

namespace {

using expr::trees::TreeError;

Expected<expr::syntax::Ast, TreeError> read_where(const std::string& where, expr::syntax::Grammar grammar) {
    auto ast = expr::syntax::parse(where, grammar);
    if (ast) return std::move(*ast);
    const auto character = expr::syntax::characters_before(where, ast.error().offset);
    return unexpected(TreeError{{}, "at character " + std::to_string(character) + ": " + ast.error().message});
}

Expected<expr::syntax::Ast, TreeError> read_selector(const std::string& selector) {
    expr::values::Arena arena;
    const auto tree = fixtures::json::read_json(selector, arena);
    if (!tree) return unexpected(TreeError{tree.error().pointer, tree.error().message});
    return expr::trees::parse_tree(*tree);
}

Expected<std::vector<Behavior>, TreeError> read_behaviors(const std::string& text, expr::syntax::Grammar grammar) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos || text[first] != '{') {
        auto behaviors = parse_behaviors(text, grammar);
        // Saved cohorts are known to hold an object.
        if (behaviors)
            for (auto& behavior : *behaviors) behavior.is_extended = true;
        return behaviors;
    }
    expr::values::Arena arena;
    const auto object = fixtures::json::read_json(text, arena);
    if (!object) return unexpected(TreeError{object.error().pointer, object.error().message});
    return parse_saved_behaviors(*object, grammar);
}

template <class Value>
Expected<Value, TreeError> below(const char* pointer, Expected<Value, TreeError> value) {
    if (!value) value.error().pointer.insert(0, pointer);
    return value;
}

std::uint64_t number_of(const std::string& digits) {
    std::uint64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

}  // namespace

Expected<CohortDefinition, TreeError> read_definition(const DefinitionText& text, expr::syntax::Grammar grammar) {
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
        return unexpected(TreeError{pointer, "behaviors[\"" + undeclared.front() + "\"] is not declared in behaviors"});
    for (const auto& [scope, name] : definition.program.references())
        if (scope == expr::values::Scope::kCohorts) definition.references.push_back(number_of(name));
    return definition;
}

}  // namespace engage::server::definitions
