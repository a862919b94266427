#include "expr/columns/sorting.hpp"

#include <numeric>

#include "expr/columns/row_record.hpp"
#include "expr/evaluation/evaluation.hpp"

namespace engage::expr::columns {
namespace {

using Keys = std::vector<std::uint32_t>;

/// The keys of rows by the slots of their only column, whose keys begin at `first`.
Keys keys_of_slots(const Column& column, std::span<const std::uint32_t> rows, std::uint32_t first) {
    Keys keys(rows.size());
    column.visit_slots([&](const auto* slots) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto slot = column.is_sparse() ? column.slot_of(rows[i]) : std::size_t{slots[rows[i]]};
            keys[i] = first + static_cast<std::uint32_t>(slot);
        }
    });
    return keys;
}

/// Whether each distinct value is looked at instead of each row.
bool goes_by_slot(const Column* column, std::size_t rows) {
    return column != nullptr && column->is_dictionary() && column->slots() <= rows;
}

/// Of a property alone: its values lie in the column and need neither an evaluation nor a copy.
Keys add_property(const std::shared_ptr<const Column>& column, std::span<const std::uint32_t> rows, SortKeys& keys) {
    const auto first = static_cast<std::uint32_t>(keys.size());
    values::Arena arena;  // Nothing that a key refers to is put here.
    keys.keep_alive(column);
    if (goes_by_slot(column.get(), rows.size())) {
        for (std::size_t slot = 0; slot < column->slots(); ++slot) keys.add(column->outline(slot, arena));
        return keys_of_slots(*column, rows, first);
    }
    for (const auto row : rows) {
        arena.reset();
        keys.add(column->outline(column->slot_of(row), arena));
    }
    Keys each(rows.size());
    std::iota(each.begin(), each.end(), first);
    return each;
}

}  // namespace

Expected<void, SortFault> add_key(const evaluation::Program& program, const values::Record& record,
                                  const evaluation::Context& context, values::Arena& arena, SortKeys& keys) {
    arena.reset();
    std::optional<evaluation::LogicalFault> fault;
    const bool may_fault = context.semantics.logical_types_refused;
    const evaluation::Evaluation evaluation(program.tables(), record, context, arena, may_fault ? &fault : nullptr);
    const auto key = evaluation.value(program.tables().root);
    if (fault) return unexpected(SortFault{*fault});
    keys.add_copy(evaluation.is_exhausted() ? values::View() : key);
    if (keys.is_full()) return unexpected(SortFault{});
    return {};
}

Expected<Keys, SortFault> add_keys(const evaluation::Program& program, const ColumnSource& source,
                                   const evaluation::Context& context, std::span<const std::uint32_t> rows,
                                   SortKeys& keys) {
    const auto& tables = program.tables();
    const auto columns = columns_of(tables, source);
    const auto& root = tables.nodes[tables.root];
    if (root.kind == evaluation::Kind::kReference && columns[root.first])
        return add_property(columns[root.first], rows, keys);
    const Reads reads(tables, columns);
    const auto first = static_cast<std::uint32_t>(keys.size());
    values::Arena arena;
    // Which operand is met first depends on the order of the rows.
    const auto* column = context.semantics.logical_types_refused ? nullptr : reads.only_column(tables.root);
    if (goes_by_slot(column, rows.size())) {
        SlotRecord record(columns, *column);
        for (std::size_t slot = 0; slot < column->slots(); ++slot) {
            record.select(slot);
            if (auto added = add_key(program, record, context, arena, keys); !added)
                return unexpected(std::move(added.error()));
        }
        return keys_of_slots(*column, rows, first);
    }
    RowRecord record(columns);
    const bool is_constant = reads.is_constant(tables.root);
    for (const auto row : is_constant ? rows.first(std::min<std::size_t>(rows.size(), 1)) : rows) {
        record.select(row);
        if (auto added = add_key(program, record, context, arena, keys); !added)
            return unexpected(std::move(added.error()));
    }
    Keys each(rows.size(), first);
    if (!is_constant) std::iota(each.begin(), each.end(), first);
    return each;
}

}  // namespace engage::expr::columns
