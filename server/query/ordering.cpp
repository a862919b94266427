#include "server/query/ordering.hpp"

#include "expr/parse.hpp"
#include "server/query/behaviors/declared.hpp"
#include "server/query/dialect.hpp"
#include "server/query/where_evidence.hpp"

namespace engage::server {

namespace {

Expected<expr::Program, ApiError> compile_key(const std::string& text, const std::vector<Behavior>& behaviors,
                                              const Switches& switches, Evidence& evidence) {
    const auto refused = [](std::string reason) {
        return unexpected(ApiError{ErrorCode::kBadSortKey, {std::move(reason)}});
    };
    auto ast = expr::parse(text, grammar_of(switches));
    if (!ast)
        return refused("syntax error at character " +
                       std::to_string(expr::characters_before(text, ast.error().offset)) + ": " + ast.error().message);
    if (!ast->root) return refused("expected an expression, found a blank text");
    expr::Program program(std::move(*ast));
    note_where(program, evidence);
    const auto undeclared = undeclared_behaviors(program, behaviors);
    if (undeclared.empty()) return program;
    evidence.note(SwitchId::kBehaviorsUndeclared);
    if (switches.is(SwitchId::kBehaviorsUndeclared, "error"))
        return refused("behaviors[\"" + undeclared.front() + "\"] is not declared in the parameter behaviors");
    return program;
}

}  // namespace

Expected<Ordering, ApiError> make_ordering(const OrderParameters& parameters, const QueryPlan& plan,
                                           const Switches& switches, Evidence& evidence) {
    Ordering ordering;
    ordering.limit = parameters.limit;
    if (parameters.sort_key.empty()) return ordering;
    auto key = compile_key(parameters.sort_key, plan.behaviors, switches, evidence);
    if (!key) return unexpected(std::move(key.error()));
    evidence.note(Behaviour::kSortTypes);
    if (!parameters.sort_order) evidence.note(SwitchId::kSortOrderDefault);
    const bool is_descending = parameters.sort_order ? *parameters.sort_order == expr::Direction::kDescending
                                                     : switches.is(SwitchId::kSortOrderDefault, "descending");
    ordering.direction = is_descending ? expr::Direction::kDescending : expr::Direction::kAscending;
    ordering.reads_clock = reads_clock(*key);
    ordering.key = std::move(*key);
    return ordering;
}

}  // namespace engage::server
