#include "server/definitions/event_selector.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "expr/syntax/caret.hpp"
#include "expr/syntax/parse.hpp"
#include "expr/trees/json_tree.hpp"
#include "expr/trees/report_filter.hpp"

namespace engage::server::definitions {

namespace {

using namespace std::string_view_literals;

// A `label` is what reports call the event; it decides nothing.
constexpr std::array kSelectorKeys{"event"sv, "selector"sv, "label"sv};

expr::syntax::Ast parse_text(const expr::values::Cursor& value, expr::syntax::Grammar grammar) {
    const auto text = value.as_string();
    auto ast = expr::syntax::parse(text, grammar);
    if (!ast)
        value.refuse("syntax error at character " +
                     std::to_string(expr::syntax::characters_before(text, ast.error().offset)) + ": " +
                     ast.error().message);
    return std::move(*ast);
}

expr::syntax::Ast parse_object(const expr::values::Cursor& value) {
    auto ast =
        expr::trees::is_report_filter(value) ? expr::trees::parse_report_filter(value) : expr::trees::parse_tree(value);
    if (!ast) throw expr::values::DocumentRefused{std::move(ast.error())};
    return std::move(*ast);
}

std::shared_ptr<const expr::evaluation::Program> read_condition(const expr::values::Cursor& value,
                                                                expr::syntax::Grammar grammar) {
    if (!value.is_present() || value.is(expr::values::Type::kNull)) return nullptr;
    if (!value.is(expr::values::Type::kString) && !value.is(expr::values::Type::kObject))
        value.refuse_type("an expression such as event[\"plan\"] == \"pro\", or an object");
    auto ast = value.is(expr::values::Type::kString) ? parse_text(value, grammar) : parse_object(value);
    if (!ast.root) return nullptr;
    auto program = std::make_shared<const expr::evaluation::Program>(std::move(ast));
    const auto& facts = program->facts();
    if (facts.reads(expr::values::Scope::kBehaviors) || facts.reads(expr::values::Scope::kCohorts))
        value.refuse("a condition on events reads event[…], properties[…] and user[…] only");
    return program;
}

}  // namespace

std::string event_of(std::string_view name) {
    const bool is_any = name == "$any_event" || name == "$all_events" || name == "$mp_anything_event";
    return is_any ? std::string() : std::string(name);
}

EventSelector read_event_selector(const expr::values::Cursor& value, expr::syntax::Grammar grammar) {
    if (!value.is(expr::values::Type::kObject)) value.refuse_type("an event selector such as {\"event\":\"Purchase\"}");
    value.allow_keys(kSelectorKeys);
    const auto event = value.required("event");
    const auto name = event.text("the name of an event").value();
    if (name.empty()) event.refuse("expected the name of an event, found \"\"");
    const auto condition = value["selector"];
    return {event_of(name), read_condition(condition, grammar),
            condition.is(expr::values::Type::kObject) && expr::trees::is_report_filter(condition)};
}

}  // namespace engage::server::definitions
