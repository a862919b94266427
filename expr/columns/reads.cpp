#include "expr/columns/reads.hpp"

#include <algorithm>
#include <span>

namespace engage::expr::columns {
namespace {

// Measured on a million profiles, in nanoseconds for each row: bench/README.md.
constexpr double kSpread = 1;      ///< A table over the slots of a dictionary.
constexpr double kEvaluated = 30;  ///< A value that the evaluator looks at.
constexpr double kByRow = 100;     ///< An expression over several columns.

std::span<const std::uint32_t> operands_of(const evaluation::Tables& tables, const evaluation::Bound& node) {
    const bool has_operands = node.kind != evaluation::Kind::kConstant && node.kind != evaluation::Kind::kNow &&
                              node.kind != evaluation::Kind::kReference;
    return std::span(tables.operands).subspan(has_operands ? node.first : 0, has_operands ? node.count : 0);
}

}  // namespace

Columns columns_of(const evaluation::Tables& tables, const ColumnSource& source) {
    Columns columns;
    columns.reserve(tables.references.size());
    for (const auto& reference : tables.references) columns.push_back(source.column(reference));
    return columns;
}

bool is_condition(const evaluation::Bound& node) {
    switch (node.kind) {
        case evaluation::Kind::kAnd:
        case evaluation::Kind::kOr:
            return true;
        case evaluation::Kind::kUnary:
            return static_cast<syntax::UnaryOp>(node.op) == syntax::UnaryOp::kNot;
        case evaluation::Kind::kBinary:
            return static_cast<syntax::BinaryOp>(node.op) <= syntax::BinaryOp::kIn;
        case evaluation::Kind::kCall: {
            const auto function = static_cast<syntax::Function>(node.op);
            return function == syntax::Function::kDefined || function == syntax::Function::kBoolean;
        }
        default:
            return false;
    }
}

bool is_test_of_presence(const evaluation::Tables& tables, const evaluation::Bound& node) {
    return node.kind == evaluation::Kind::kCall &&
           static_cast<syntax::Function>(node.op) == syntax::Function::kDefined &&
           tables.nodes[tables.operands[node.first]].kind == evaluation::Kind::kReference;
}

bool is_negation_of_condition(const evaluation::Tables& tables, const evaluation::Bound& node) {
    return node.kind == evaluation::Kind::kUnary && static_cast<syntax::UnaryOp>(node.op) == syntax::UnaryOp::kNot &&
           is_condition(tables.nodes[tables.operands[node.first]]);
}

Reads::Reads(const evaluation::Tables& tables, const Columns& columns) {
    nodes_.reserve(tables.nodes.size());
    // Operands stand before the node that they belong to.
    for (const auto& node : tables.nodes) {
        Entry entry;
        double operands = 0;
        if (node.kind == evaluation::Kind::kReference && columns[node.first]) {
            entry.reads = kOne;
            entry.column = columns[node.first].get();
        }
        for (const auto operand : operands_of(tables, node)) {
            const auto& below = nodes_[operand];
            operands += below.cost;
            if (below.reads == kNothing) continue;
            const bool is_same = entry.reads == kNothing || (entry.reads == kOne && below.column == entry.column);
            entry.reads = is_same ? below.reads : kSeveral;
            entry.column = is_same ? below.column : nullptr;
        }
        entry.cost = cost_of(tables, node, entry, operands);
        nodes_.push_back(entry);
    }
}

double Reads::cost_of(const evaluation::Tables& tables, const evaluation::Bound& node, const Entry& entry,
                      double operands) {
    const bool combines = node.kind == evaluation::Kind::kAnd || node.kind == evaluation::Kind::kOr ||
                          is_negation_of_condition(tables, node);
    if (entry.reads == kNothing) return 0;
    if (entry.reads == kSeveral) return combines ? operands : kByRow;
    const auto& column = *entry.column;
    if (!column.is_dictionary()) return combines ? operands : kEvaluated;
    const auto rows = static_cast<double>(std::max<std::size_t>(column.rows(), 1));
    return kSpread + kEvaluated * static_cast<double>(column.slots()) / rows;
}

}  // namespace engage::expr::columns
