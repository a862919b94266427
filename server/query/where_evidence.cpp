#include "server/query/where_evidence.hpp"

#include <algorithm>

#include "expr/bound.hpp"
#include "expr/functions.hpp"
#include "expr/reads.hpp"

namespace engage::server {

namespace {

using expr::Bound;
using expr::Function;
using expr::Kind;

/// An operand, or a whole expression, that is taken for true or false though it is neither.
void note_truth(const Bound& node, Evidence& evidence) {
    if (!is_condition(node)) evidence.note(SwitchId::kWhereBooleanOfFalseText);
}

void note_call(Function function, Evidence& evidence) {
    if (expr::info_of(function).grammar == expr::Grammar::kFull) evidence.note(Behaviour::kWhereFormulas);
    if (function == Function::kNumber) evidence.note(SwitchId::kWhereNumberOfBadString);
    if (function == Function::kBoolean) evidence.note(SwitchId::kWhereBooleanOfFalseText);
    if (function == Function::kString) evidence.note(SwitchId::kWhereStringOfUndefined);
    if (function == Function::kDatetime) evidence.note(Behaviour::kDatetimeZone);
}

void note_node(const expr::Tables& tables, const Bound& node, Evidence& evidence) {
    const auto operand = [&](std::uint32_t i) -> const Bound& { return tables.nodes[tables.operands[node.first + i]]; };
    switch (node.kind) {
        case Kind::kConstant:
            if (node.constant.is(expr::Type::kNull) || node.constant.is(expr::Type::kUndefined))
                evidence.note(SwitchId::kWhereNullEqualsUndefined);
            break;
        case Kind::kBinary:
            if (static_cast<expr::BinaryOp>(node.op) == expr::BinaryOp::kModulo) evidence.note(SwitchId::kWhereModSign);
            break;
        case Kind::kUnary:
            if (static_cast<expr::UnaryOp>(node.op) == expr::UnaryOp::kNot && !is_condition(operand(0)))
                evidence.note(SwitchId::kWhereNotNull);
            break;
        case Kind::kAnd:
        case Kind::kOr:
            for (std::uint32_t i = 0; i < node.count; ++i) {
                note_truth(operand(i), evidence);
                if (!is_condition(operand(i))) evidence.note(SwitchId::kWhereLogicalOperands);
            }
            break;
        case Kind::kCall:
            note_call(static_cast<Function>(node.op), evidence);
            break;
        case Kind::kChoice:
        case Kind::kScan:
        case Kind::kLet:
            evidence.note(Behaviour::kWhereFormulas);
            break;
        default:
            break;
    }
}

}  // namespace

bool reads_clock(const expr::Program& program) {
    const auto& nodes = program.tables().nodes;
    return std::any_of(nodes.begin(), nodes.end(), [](const Bound& node) { return node.kind == Kind::kNow; });
}

void note_where(const expr::Program& program, Evidence& evidence) {
    const auto& tables = program.tables();
    if (tables.nodes.empty()) return;
    evidence.note(SwitchId::kWhereGrammar);
    evidence.note(Behaviour::kWhereSemantics);
    if (!program.ast().beyond_known.empty()) evidence.note(Behaviour::kWhereExtensions);
    note_truth(tables.nodes[tables.root], evidence);
    for (const auto& node : tables.nodes) note_node(tables, node, evidence);
    for (const auto& [scope, name] : program.references())
        if (name == "$distinct_id" && scope != expr::Scope::kEvent && scope != expr::Scope::kBehaviors)
            evidence.note(Behaviour::kDistinctIdProperty);
}

}  // namespace engage::server
