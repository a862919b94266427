#include "server/query/cohorts/definition.hpp"

#include <charconv>
#include <utility>

#include "expr/parse.hpp"
#include "fixtures/json_value.hpp"
#include "server/query/behaviors/behaviors_parameter.hpp"
#include "server/query/behaviors/declared.hpp"
#include "server/query/behaviors/saved_behaviors.hpp"

namespace engage::server {

namespace {

using expr::TreeError;

Expected<expr::Ast, TreeError> read_where(const std::string& where, expr::Grammar grammar) {
    auto ast = expr::parse(where, grammar);
    if (ast) return std::move(*ast);
    const auto character = expr::characters_before(where, ast.error().offset);
    return unexpected(TreeError{{}, "at character " + std::to_string(character) + ": " + ast.error().message});
}

Expected<expr::Ast, TreeError> read_selector(const std::string& selector) {
    expr::Arena arena;
    const auto tree = fixtures::read_json(selector, arena);
    if (!tree) return unexpected(TreeError{tree.error().pointer, tree.error().message});
    return expr::parse_tree(*tree);
}

Expected<std::vector<Behavior>, TreeError> read_behaviors(const std::string& text, expr::Grammar grammar) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos || text[first] != '{') {
        auto behaviors = parse_behaviors(text, grammar);
        // Saved cohorts are known to hold an object.
        if (behaviors)
            for (auto& behavior : *behaviors) behavior.is_extended = true;
        return behaviors;
    }
    expr::Arena arena;
    const auto object = fixtures::read_json(text, arena);
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

Expected<CohortDefinition, TreeError> read_definition(const DefinitionText& text, expr::Grammar grammar) {
    const auto* const pointer = text.where ? "/where" : "/selector";
    auto ast =
        below(pointer, text.where ? read_where(*text.where, grammar) : read_selector(text.selector.value_or("{}")));
    if (!ast) return unexpected(std::move(ast.error()));
    CohortDefinition definition{.program = expr::Program(std::move(*ast)), .behaviors = {}, .references = {}};
    if (text.behaviors) {
        auto behaviors = below("/behaviors", read_behaviors(*text.behaviors, grammar));
        if (!behaviors) return unexpected(std::move(behaviors.error()));
        definition.behaviors = std::move(*behaviors);
    }
    const auto undeclared = undeclared_behaviors(definition.program, definition.behaviors);
    if (!undeclared.empty())
        return unexpected(TreeError{pointer, "behaviors[\"" + undeclared.front() + "\"] is not declared in behaviors"});
    for (const auto& [scope, name] : definition.program.references())
        if (scope == expr::Scope::kCohorts) definition.references.push_back(number_of(name));
    return definition;
}

}  // namespace engage::server
