#include "server/catalogue/switches/dialect.hpp"

#include <chrono>
#include "server/catalogue/switches/language.hpp"

namespace engage::server::catalogue::switches {

expr::syntax::Semantics semantics_of(const Switches& switches) {
    return {.modulo_takes_sign_of_divisor = switches.choice(kWhereModSign) == WhereModSign::kDivisor,
            .bad_number_is_zero = switches.choice(kWhereNumberOfBadString) == WhereNumberOfBadString::kZero,
            .text_false_is_true = switches.choice(kWhereBooleanOfFalseText) == WhereBooleanOfFalseText::kTrue,
            .undefined_as_text = switches.choice(kWhereStringOfUndefined) == WhereStringOfUndefined::kText,
            .not_null_is_undefined = switches.choice(kWhereNotNull) == WhereNotNull::kUndefined,
            .null_equals_undefined = switches.choice(kWhereNullEqualsUndefined) == WhereNullEqualsUndefined::kTrue,
            .logical_types_refused = switches.choice(kWhereLogicalOperands) == WhereLogicalOperands::kRefuse};
}

expr::syntax::Grammar grammar_of(const Switches& switches) {
    if (switches.choice(kWhereGrammar) == WhereGrammar::kH) return expr::syntax::Grammar::kKnown;
    if (switches.choice(kWhereGrammar) == WhereGrammar::kA) return expr::syntax::Grammar::kFull;
    if (switches.choice(kWhereGrammar) == WhereGrammar::kL) return expr::syntax::Grammar::kLenient;
    return expr::syntax::Grammar::kEngage;
}

expr::evaluation::Context context_of(time::TimePoint now, const expr::values::TimeZone& zone,
                                     const Switches& switches) {
    return {.now = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count(),
            .zone = zone,
            .semantics = semantics_of(switches)};
}

std::string fault_text(const expr::evaluation::LogicalFault& fault) {
    const std::string_view op = fault.op == expr::syntax::LogicalOp::kAnd ? "and" : "or";
    return "'" + std::string(op) + "' takes a boolean or undefined, found a value of type " +
           std::string(expr::values::type_name(fault.type));
}

}  // namespace engage::server::catalogue::switches
