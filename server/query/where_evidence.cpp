#include "server/query/where_evidence.hpp"

#include <algorithm>

#include "expr/bound.hpp"
#include "expr/reads.hpp"
#include "expr/signature.hpp"

namespace engage::server {

namespace {

using expr::Bound;
using expr::Function;
using expr::Kind;

/// An operand, or a whole expression, that is taken for true or false though it is neither.
void note_truth(const Bound& node, Evidence& evidence) {
    if (!is_condition(node)) evidence.note(SwitchId::kWhereBooleanOfFalseText);
}

/// Whether null or undefined may stand on this side of an equality; a constant list may hold either.
bool may_be_missing(const Bound& node) {
    if (node.kind != Kind::kConstant) return true;
    const auto& value = node.constant;
    if (!value.is(expr::Type::kList)) return value.is(expr::Type::kNull) || value.is(expr::Type::kUndefined);
    const auto items = value.as_list();
    return std::any_of(items.begin(), items.end(), [](const expr::View& item) {
        return item.is(expr::Type::kNull) || item.is(expr::Type::kUndefined);
    });
}

void note_call(Function function, Evidence& evidence) {
    if (expr::signature_of(function).grammar == expr::Grammar::kFull) evidence.note(Behaviour::kWhereFormulas);
    if (function == Function::kNumber) evidence.note(SwitchId::kWhereNumberOfBadString);
    if (function == Function::kBoolean) evidence.note(SwitchId::kWhereBooleanOfFalseText);
    if (function == Function::kString) evidence.note(SwitchId::kWhereStringOfUndefined);
    if (function == Function::kDatetime) evidence.note(Behaviour::kDatetimeZone);
}

void note_node(const expr::Tables& tables, const Bound& node, Evidence& evidence) {
    const auto operand = [&](std::uint32_t i) -> const Bound& { return tables.nodes[tables.operands[node.first + i]]; };
    switch (node.kind) {
        case Kind::kBinary: {
            const auto op = static_cast<expr::BinaryOp>(node.op);
            if (op == expr::BinaryOp::kModulo) evidence.note(SwitchId::kWhereModSign);
            const bool is_equality = op == expr::BinaryOp::kEqual || op == expr::BinaryOp::kNotEqual;
            if ((is_equality || op == expr::BinaryOp::kIn) && may_be_missing(operand(0)) && may_be_missing(operand(1)))
                evidence.note(SwitchId::kWhereNullEqualsUndefined);
            break;
        }
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
        if (name == "$distinct_id" && (scope == expr::Scope::kProperties || scope == expr::Scope::kUser))
            evidence.note(Behaviour::kDistinctIdProperty);
}

}  // namespace engage::server
