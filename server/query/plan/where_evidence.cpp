#include "server/query/plan/where_evidence.hpp"

#include <algorithm>

#include "expr/columns/reads.hpp"
#include "expr/evaluation/bound.hpp"
#include "expr/syntax/signature.hpp"
#include "server/catalogue/facts/filters.hpp"
#include "server/catalogue/facts/language.hpp"
#include "server/catalogue/switches/language.hpp"

namespace engage::server::query::plan {

namespace {

using expr::evaluation::Bound;
using expr::evaluation::Kind;
using expr::syntax::Function;

/// An operand, or a whole expression, that is taken for true or false though it is neither.
void note_truth(const Bound& node, catalogue::Readings& readings) {
    if (!expr::columns::is_condition(node)) readings.note(catalogue::switches::kWhereBooleanOfFalseText);
}

/// Whether null or undefined may stand on this side of an equality; a constant list may hold either.
bool may_be_missing(const Bound& node) {
    if (node.kind != Kind::kConstant) return true;
    const auto& value = node.constant;
    if (!value.is(expr::values::Type::kList))
        return value.is(expr::values::Type::kNull) || value.is(expr::values::Type::kUndefined);
    const auto items = value.as_list();
    return std::any_of(items.begin(), items.end(), [](const expr::values::View& item) {
        return item.is(expr::values::Type::kNull) || item.is(expr::values::Type::kUndefined);
    });
}

void note_call(Function function, catalogue::Readings& readings) {
    if (expr::syntax::signature_of(function).grammar == expr::syntax::Grammar::kFull)
        readings.note(catalogue::facts::kWhereFormulas);
    if (function == Function::kNumber) readings.note(catalogue::switches::kWhereNumberOfBadString);
    if (function == Function::kBoolean) readings.note(catalogue::switches::kWhereBooleanOfFalseText);
    if (function == Function::kString) readings.note(catalogue::switches::kWhereStringOfUndefined);
    if (function == Function::kDatetime) readings.note(catalogue::facts::kDatetimeZone);
}

void note_node(const expr::evaluation::Tables& tables, const Bound& node, catalogue::Readings& readings) {
    const auto operand = [&](std::uint32_t i) -> const Bound& { return tables.nodes[tables.operands[node.first + i]]; };
    switch (node.kind) {
        case Kind::kBinary: {
            const auto op = static_cast<expr::syntax::BinaryOp>(node.op);
            if (op == expr::syntax::BinaryOp::kModulo) readings.note(catalogue::switches::kWhereModSign);
            const bool is_equality = op == expr::syntax::BinaryOp::kEqual || op == expr::syntax::BinaryOp::kNotEqual;
            if ((is_equality || op == expr::syntax::BinaryOp::kIn) && may_be_missing(operand(0)) &&
                may_be_missing(operand(1)))
                readings.note(catalogue::switches::kWhereNullEqualsUndefined);
            break;
        }
        case Kind::kUnary:
            if (static_cast<expr::syntax::UnaryOp>(node.op) == expr::syntax::UnaryOp::kNot &&
                !expr::columns::is_condition(operand(0)))
                readings.note(catalogue::switches::kWhereNotNull);
            break;
        case Kind::kAnd:
        case Kind::kOr:
            for (std::uint32_t i = 0; i < node.count; ++i) {
                note_truth(operand(i), readings);
                if (!expr::columns::is_condition(operand(i))) readings.note(catalogue::switches::kWhereLogicalOperands);
            }
            break;
        case Kind::kCall:
            note_call(static_cast<Function>(node.op), readings);
            break;
        case Kind::kChoice:
        case Kind::kScan:
        case Kind::kLet:
            readings.note(catalogue::facts::kWhereFormulas);
            break;
        default:
            break;
    }
}

}  // namespace

void note_where(const expr::evaluation::Program& program, catalogue::Readings& readings) {
    const auto& tables = program.tables();
    if (tables.nodes.empty()) return;
    readings.note(catalogue::switches::kWhereGrammar);
    readings.note(catalogue::facts::kWhereSemantics);
    if (!program.ast().beyond_known.empty()) readings.note(catalogue::facts::kWhereExtensions);
    note_truth(tables.nodes[tables.root], readings);
    for (const auto& node : tables.nodes) note_node(tables, node, readings);
    if (program.facts().reads_id) readings.note(catalogue::facts::kDistinctIdProperty);
}

}  // namespace engage::server::query::plan
