#pragma once

#include "expr/reads.hpp"
#include "expr/record.hpp"

namespace engage::expr {

/// Shows the evaluator one value in place of the only column that an expression reads.
class SlotRecord final : public Record {
public:
    SlotRecord(const Columns& columns, const Column& column) : columns_(columns), column_(column) {}
    void select(std::size_t slot) { slot_ = slot; }
    View value(std::size_t reference, Arena& arena) const override {
        return columns_[reference] ? column_.slot_value(slot_, arena) : View();
    }

private:
    const Columns& columns_;
    const Column& column_;
    std::size_t slot_ = 0;
};

/// Shows the evaluator one row.
class RowRecord final : public Record {
public:
    explicit RowRecord(const Columns& columns) : columns_(columns) {}
    void select(std::size_t row) { row_ = row; }
    View value(std::size_t reference, Arena& arena) const override {
        return columns_[reference] ? columns_[reference]->value(row_, arena) : View();
    }

private:
    const Columns& columns_;
    std::size_t row_ = 0;
};

}  // namespace engage::expr
