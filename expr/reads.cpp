#include "expr/reads.hpp"

#include <algorithm>
#include <span>

#include "expr/evaluation.hpp"
#include "expr/operators.hpp"
#include "expr/signature.hpp"

namespace engage::expr {
namespace {

// Measured on a million profiles, in nanoseconds for each row: bench/README.md.
constexpr double kSpread = 1;      ///< A table over the slots of a dictionary.
constexpr double kEvaluated = 30;  ///< A value that the evaluator looks at.
constexpr double kByRow = 100;     ///< An expression over several columns.

std::span<const std::uint32_t> operands_of(const Tables& tables, const Bound& node) {
    const bool has_operands = node.kind != Kind::kConstant && node.kind != Kind::kNow && node.kind != Kind::kReference;
    return std::span(tables.operands).subspan(has_operands ? node.first : 0, has_operands ? node.count : 0);
}

/// How many texts of full length a node may take room for.
std::size_t texts_made(const Bound& node) {
    constexpr std::size_t kGrowing = 4;  ///< A text that moves to a room of twice the size when it grows.
    if (node.kind == Kind::kBinary) return static_cast<BinaryOp>(node.op) == BinaryOp::kAdd ? 1 : 0;
    if (node.kind != Kind::kCall) return 0;
    switch (static_cast<Function>(node.op)) {
        case Function::kUpper:
        case Function::kLower:
            return 1;
        case Function::kString:
            return kGrowing;
        case Function::kSplit:
            return sizeof(View);
        default:
            return 0;
    }
}

}  // namespace

Columns columns_of(const Tables& tables, const ColumnSource& source) {
    Columns columns;
    columns.reserve(tables.references.size());
    for (const auto& reference : tables.references) columns.push_back(source.column(reference));
    return columns;
}

bool is_condition(const Bound& node) {
    switch (node.kind) {
        case Kind::kAnd:
        case Kind::kOr:
            return true;
        case Kind::kUnary:
            return static_cast<UnaryOp>(node.op) == UnaryOp::kNot;
        case Kind::kBinary:
            return static_cast<BinaryOp>(node.op) <= BinaryOp::kIn;
        case Kind::kCall: {
            const auto function = static_cast<Function>(node.op);
            return function == Function::kDefined || function == Function::kBoolean;
        }
        default:
            return false;
    }
}

bool is_test_of_presence(const Tables& tables, const Bound& node) {
    return node.kind == Kind::kCall && static_cast<Function>(node.op) == Function::kDefined &&
           tables.nodes[tables.operands[node.first]].kind == Kind::kReference;
}

bool is_negation_of_condition(const Tables& tables, const Bound& node) {
    return node.kind == Kind::kUnary && static_cast<UnaryOp>(node.op) == UnaryOp::kNot &&
           is_condition(tables.nodes[tables.operands[node.first]]);
}

bool is_metered(const Tables& tables) {
    if (tables.variables > 0) return true;
    std::size_t texts = 0;
    for (const auto& node : tables.nodes) {
        const bool is_search =
            node.kind == Kind::kCall && signature_of(static_cast<Function>(node.op)).shape == Shape::kPattern;
        texts += texts_made(node);
        if (is_search || texts > kMaxAllocated / kMaxConcatenation) return true;
    }
    return false;
}

Reads::Reads(const Tables& tables, const Columns& columns) {
    nodes_.reserve(tables.nodes.size());
    // Operands stand before the node that they belong to.
    for (const auto& node : tables.nodes) {
        Entry entry;
        double operands = 0;
        if (node.kind == Kind::kReference && columns[node.first]) {
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

double Reads::cost_of(const Tables& tables, const Bound& node, const Entry& entry, double operands) {
    const bool combines = node.kind == Kind::kAnd || node.kind == Kind::kOr || is_negation_of_condition(tables, node);
    if (entry.reads == kNothing) return 0;
    if (entry.reads == kSeveral) return combines ? operands : kByRow;
    const auto& column = *entry.column;
    if (!column.is_dictionary()) return combines ? operands : kEvaluated;
    const auto rows = static_cast<double>(std::max<std::size_t>(column.rows(), 1));
    return kSpread + kEvaluated * static_cast<double>(column.slots()) / rows;
}

}  // namespace engage::expr
