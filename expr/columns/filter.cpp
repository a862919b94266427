#include "expr/columns/filter.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "expr/columns/constant_set.hpp"
#include "expr/columns/row_record.hpp"
#include "expr/columns/spread.hpp"
#include "expr/evaluation/evaluation.hpp"
#include "expr/evaluation/operators.hpp"
#include "expr/functions/functions.hpp"

namespace engage::expr::columns {
namespace {

/// Lists up to this length are compared item by item.
constexpr std::size_t kShortList = 8;

/// A comparison or `in` whose one side reads a column and whose other side is the same for every row.
struct Comparison {
    syntax::BinaryOp op;
    bool is_cast = false;         ///< The side that reads is `datetime(properties["x"])`, otherwise `properties["x"]`.
    bool constant_first = false;  ///< Of `in` only; a comparison is turned round.
    values::View constant{};
};

class Filter {
public:
    Filter(const evaluation::Program& program, const ColumnSource& source, const evaluation::Context& context)
        : tables_(program.tables()),
          context_(context),
          columns_(columns_of(tables_, source)),
          reads_(tables_, columns_),
          is_metered_(program.facts().is_metered) {}

    Bitmap run(const Bitmap& open) { return truth(tables_.root, open); }

private:
    /// The rows of `open` for which a node is true.
    Bitmap truth(std::uint32_t position, const Bitmap& open);
    Bitmap all_of(const evaluation::Bound& node, const Bitmap& open);
    Bitmap any_of(const evaluation::Bound& node, const Bitmap& open);
    Bitmap present(const Column& column, const Bitmap& open);
    Bitmap by_slot(std::uint32_t position, const Column& column, const Bitmap& open);
    Bitmap by_row(std::uint32_t position, const Bitmap& open);
    bool is_true(std::uint32_t position, const values::Record& record);
    Bitmap compared(const Comparison& comparison, const Column& column, const Bitmap& open);
    Bitmap compared_with_key(syntax::BinaryOp op, const Column::Keys& keys, double constant, const Column& column,
                             const Bitmap& open);
    Bitmap compared_in_order(const Comparison& comparison, const Column& column, const Bitmap& open);

    std::optional<Comparison> comparison_at(const evaluation::Bound& node);
    values::View constant_value(std::uint32_t position);
    std::vector<std::uint32_t> cheapest_first(const evaluation::Bound& node) const;
    functions::Environment environment() { return {context_.zone, context_.semantics, arena_}; }

    const evaluation::Tables& tables_;
    const evaluation::Context& context_;
    const Columns columns_;
    const Reads reads_;
    const bool is_metered_;    ///< One budget of steps covers the whole expression, which is not taken apart then.
    values::Arena arena_;      ///< Of one value.
    values::Arena constants_;  ///< Of what is the same for every row.
};

Bitmap Filter::truth(std::uint32_t position, const Bitmap& open) {
    const auto& node = tables_.nodes[position];
    if (reads_.is_constant(position)) return is_true(position, RowRecord(columns_)) ? open : Bitmap(open.size(), false);
    const auto* column = reads_.only_column(position);
    // One look at each distinct value answers the whole of an expression, however long.
    const bool is_small = column && column->is_dictionary() && !column->is_large();
    if (is_small || is_metered_) return column ? by_slot(position, *column, open) : by_row(position, open);
    if (node.kind == evaluation::Kind::kAnd) return all_of(node, open);
    if (node.kind == evaluation::Kind::kOr) return any_of(node, open);
    if (is_negation_of_condition(tables_, node)) {
        auto rest = open;
        return rest -= truth(tables_.operands[node.first], open);
    }
    if (!column) return by_row(position, open);
    if (const auto comparison = comparison_at(node)) return compared(*comparison, *column, open);
    if (is_test_of_presence(tables_, node)) return present(*column, open);
    return by_slot(position, *column, open);
}

std::vector<std::uint32_t> Filter::cheapest_first(const evaluation::Bound& node) const {
    const auto first = tables_.operands.begin() + node.first;
    std::vector<std::uint32_t> operands(first, first + node.count);
    std::stable_sort(operands.begin(), operands.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return reads_.cost(a) < reads_.cost(b); });
    return operands;
}

Bitmap Filter::all_of(const evaluation::Bound& node, const Bitmap& open) {
    auto still = open;
    for (const auto operand : cheapest_first(node)) still = truth(operand, still);
    return still;
}

Bitmap Filter::any_of(const evaluation::Bound& node, const Bitmap& open) {
    Bitmap found(open.size(), false);
    auto still = open;
    for (const auto operand : cheapest_first(node)) {
        const auto more = truth(operand, still);
        found |= more;
        still -= more;
    }
    return found;
}

/// `defined(properties["x"])`, which need not read what a list or an object holds.
Bitmap Filter::present(const Column& column, const Bitmap& open) {
    return rows_where<false>(column, open, [&](std::size_t slot) {
        arena_.reset();
        const auto outline = column.outline(slot, arena_);
        return functions::evaluator_of(syntax::Function::kDefined)({&outline, 1}, environment()).as_boolean();
    });
}

Bitmap Filter::by_slot(std::uint32_t position, const Column& column, const Bitmap& open) {
    SlotRecord record(columns_, column);
    return rows_where<false>(column, open, [&](std::size_t slot) {
        record.select(slot);
        return is_true(position, record);
    });
}

Bitmap Filter::by_row(std::uint32_t position, const Bitmap& open) {
    RowRecord record(columns_);
    return open.where_costly([&](std::size_t row) {
        record.select(row);
        return is_true(position, record);
    });
}

bool Filter::is_true(std::uint32_t position, const values::Record& record) {
    arena_.reset();
    const evaluation::Evaluation evaluation(tables_, record, context_, arena_);
    return functions::is_truthy(evaluation.value(position), context_.semantics) && !evaluation.is_exhausted();
}

values::View Filter::constant_value(std::uint32_t position) {
    const RowRecord nothing(columns_);
    return evaluation::Evaluation(tables_, nothing, context_, constants_).value(position);
}

std::optional<Comparison> Filter::comparison_at(const evaluation::Bound& node) {
    if (node.kind != evaluation::Kind::kBinary || !is_condition(node)) return std::nullopt;
    const auto left = tables_.operands[node.first];
    const auto right = tables_.operands[node.first + 1];
    const bool constant_first = reads_.is_constant(left);
    if (!constant_first && !reads_.is_constant(right)) return std::nullopt;
    const auto& reading = tables_.nodes[constant_first ? right : left];
    const bool is_cast = reading.kind == evaluation::Kind::kCall &&
                         static_cast<syntax::Function>(reading.op) == syntax::Function::kDatetime &&
                         tables_.nodes[tables_.operands[reading.first]].kind == evaluation::Kind::kReference;
    if (!is_cast && reading.kind != evaluation::Kind::kReference) return std::nullopt;
    const auto op = static_cast<syntax::BinaryOp>(node.op);
    return Comparison{constant_first ? evaluation::turned_round(op) : op, is_cast, constant_first,
                      constant_value(constant_first ? left : right)};
}

Bitmap Filter::compared(const Comparison& comparison, const Column& column, const Bitmap& open) {
    // clang 14 cannot capture structured bindings.
    const auto op = comparison.op;
    const auto is_cast = comparison.is_cast;
    const auto& constant = comparison.constant;
    const bool is_in = op == syntax::BinaryOp::kIn;
    if (constant.is(values::Type::kDatetime) && !is_in)
        return compared_with_key(op, *column.date_keys(context_.zone, is_cast),
                                 static_cast<double>(constant.as_datetime()), column, open);
    if (constant.is(values::Type::kNumber) && !is_in && !is_cast)
        return compared_with_key(op, *column.number_keys(), constant.as_number(), column, open);
    if (constant.is(values::Type::kString) && !is_in && !is_cast && column.is_dictionary())
        return compared_in_order(comparison, column, open);

    const auto shared = environment();
    const auto value_of = [&](std::size_t slot) {
        arena_.reset();
        const auto value = column.slot_value(slot, arena_);
        return is_cast ? functions::evaluator_of(syntax::Function::kDatetime)({&value, 1}, shared) : value;
    };
    if (is_in && !comparison.constant_first && constant.is(values::Type::kList) &&
        constant.as_list().size() > kShortList) {
        const ConstantSet set(constant.as_list());
        return rows_where<false>(column, open, [&](std::size_t slot) { return set.contains(value_of(slot), shared); });
    }
    return rows_where<false>(column, open, [&](std::size_t slot) {
        const auto value = value_of(slot);
        const auto result = comparison.constant_first && is_in ? evaluation::apply(op, constant, value, shared)
                                                               : evaluation::apply(op, value, constant, shared);
        return functions::is_truthy(result, context_.semantics);
    });
}

Bitmap Filter::compared_with_key(syntax::BinaryOp op, const Column::Keys& keys, double constant, const Column& column,
                                 const Bitmap& open) {
    // NaN stands for a value that is no number or date: it is unequal to all and has no order.
    const auto with = [&](auto holds) {
        return rows_where<true>(column, open, [key = keys.data(), constant, holds](std::size_t slot) {
            return holds(key[slot], constant);
        });
    };
    switch (op) {
        case syntax::BinaryOp::kEqual:
            return with(std::equal_to<>());
        case syntax::BinaryOp::kNotEqual:
            return with(std::not_equal_to<>());
        case syntax::BinaryOp::kLess:
            return with(std::less<>());
        case syntax::BinaryOp::kLessEqual:
            return with(std::less_equal<>());
        case syntax::BinaryOp::kGreater:
            return with(std::greater<>());
        default:
            return with(std::greater_equal<>());
    }
}

/// A text against the dictionary: the texts that pass are neighbours in its order.
Bitmap Filter::compared_in_order(const Comparison& comparison, const Column& column, const Bitmap& open) {
    const auto order = column.text_order();
    const auto bound = [&](syntax::BinaryOp op) {
        return std::partition_point(order->begin(), order->end(), [&](std::uint32_t slot) {
            const auto value = column.slot_value(slot, arena_);
            return evaluation::apply(op, value, comparison.constant, environment()).as_boolean();
        });
    };
    const auto equals = bound(syntax::BinaryOp::kLess);
    const auto greater = bound(syntax::BinaryOp::kLessEqual);
    auto range = std::pair(equals, greater);
    switch (comparison.op) {
        case syntax::BinaryOp::kLess:
            range = {order->begin(), equals};
            break;
        case syntax::BinaryOp::kLessEqual:
            range = {order->begin(), greater};
            break;
        case syntax::BinaryOp::kGreater:
            range = {greater, order->end()};
            break;
        case syntax::BinaryOp::kGreaterEqual:
            range = {equals, order->end()};
            break;
        default:
            break;
    }
    const bool is_unequal = comparison.op == syntax::BinaryOp::kNotEqual;
    std::vector<unsigned char> table(column.slots(), is_unequal ? 1 : 0);
    std::for_each(range.first, range.second, [&](std::uint32_t slot) { table[slot] = is_unequal ? 0 : 1; });
    return spread(column, table, open);
}

}  // namespace

Expected<Bitmap, evaluation::LogicalFault> filter(const evaluation::Program& program, const ColumnSource& source,
                                                  const evaluation::Context& context, Bitmap candidates) {
    if (program.tables().nodes.empty()) return candidates;
    if (!context.semantics.logical_types_refused) return Filter(program, source, context).run(candidates);
    // Which operand is met first depends on the order: the one of the rows and of the text.
    const auto columns = columns_of(program.tables(), source);
    RowRecord record(columns);
    values::Arena arena;
    std::optional<evaluation::LogicalFault> fault;
    auto kept = candidates.where_costly([&](std::size_t row) {
        if (fault) return false;
        arena.reset();
        record.select(row);
        return program.matches(record, context, arena, &fault);
    });
    if (fault) return unexpected(*fault);
    return kept;
}

}  // namespace engage::expr::columns
