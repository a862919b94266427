#include "server/query/plan/ordering.hpp"

#include "expr/syntax/caret.hpp"
#include "expr/syntax/parse.hpp"
#include "server/catalogue/errors/parameters.hpp"
#include "server/catalogue/facts/answers.hpp"
#include "server/catalogue/switches/answers.hpp"
#include "server/catalogue/switches/dialect.hpp"
#include "server/query/plan/undeclared.hpp"
#include "server/query/plan/where_evidence.hpp"

namespace engage::server::query::plan {

namespace {

Expected<expr::evaluation::Program, catalogue::ApiError> compile_key(
    const std::string& text, const std::vector<definitions::Behavior>& behaviors, catalogue::Readings& readings) {
    const auto refused = [](std::string reason) {
        return unexpected(catalogue::ApiError{catalogue::errors::kBadSortKey, {std::move(reason)}});
    };
    auto ast = expr::syntax::parse(text, catalogue::switches::grammar_of(readings.switches()));
    if (!ast)
        return refused("syntax error at character " +
                       std::to_string(expr::syntax::characters_before(text, ast.error().offset)) + ": " +
                       ast.error().message);
    if (!ast->root) return refused("expected an expression, found a blank text");
    expr::evaluation::Program program(std::move(*ast));
    note_where(program, readings);
    if (const auto name = refused_behavior(program, behaviors, readings))
        return refused("behaviors[\"" + *name + "\"] is not declared in the parameter behaviors");
    return program;
}

}  // namespace

Expected<Ordering, catalogue::ApiError> make_ordering(const request::OrderParameters& parameters, const QueryPlan& plan,
                                                      catalogue::Readings& readings) {
    Ordering ordering;
    ordering.limit = parameters.limit;
    if (parameters.sort_key.empty()) return ordering;
    auto key = compile_key(parameters.sort_key, plan.behaviors, readings);
    if (!key) return unexpected(std::move(key.error()));
    readings.note(catalogue::facts::kSortTypes);
    const bool is_descending = parameters.sort_order ? *parameters.sort_order == expr::columns::Direction::kDescending
                                                     : readings.choose(catalogue::switches::kSortOrderDefault) ==
                                                           catalogue::switches::SortOrderDefault::kDescending;
    ordering.direction = is_descending ? expr::columns::Direction::kDescending : expr::columns::Direction::kAscending;
    ordering.reads_clock = key->facts().reads_clock;
    ordering.key = std::move(*key);
    return ordering;
}

}  // namespace engage::server::query::plan
