#include "server/catalogue/dialect.hpp"

namespace engage::server::catalogue {

expr::syntax::Semantics semantics_of(const Switches& switches) {
    return {.modulo_takes_sign_of_divisor = switches.is(SwitchId::kWhereModSign, "divisor"),
            .bad_number_is_zero = switches.is(SwitchId::kWhereNumberOfBadString, "zero"),
            .text_false_is_true = switches.is(SwitchId::kWhereBooleanOfFalseText, "true"),
            .undefined_as_text = switches.is(SwitchId::kWhereStringOfUndefined, "text"),
            .not_null_is_undefined = switches.is(SwitchId::kWhereNotNull, "undefined"),
            .null_equals_undefined = switches.is(SwitchId::kWhereNullEqualsUndefined, "true"),
            .logical_types_refused = switches.is(SwitchId::kWhereLogicalOperands, "refuse")};
}

expr::syntax::Grammar grammar_of(const Switches& switches) {
    if (switches.is(SwitchId::kWhereGrammar, "H")) return expr::syntax::Grammar::kKnown;
    if (switches.is(SwitchId::kWhereGrammar, "A")) return expr::syntax::Grammar::kFull;
    if (switches.is(SwitchId::kWhereGrammar, "L")) return expr::syntax::Grammar::kLenient;
    return expr::syntax::Grammar::kEngage;
}

std::string fault_text(const expr::evaluation::LogicalFault& fault) {
    const std::string_view op = fault.op == expr::syntax::LogicalOp::kAnd ? "and" : "or";
    return "'" + std::string(op) + "' takes a boolean or undefined, found a value of type " +
           std::string(expr::values::type_name(fault.type));
}

}  // namespace engage::server::catalogue
