#pragma once

#include "expr/columns/reads.hpp"
#include "expr/values/record.hpp"

namespace engage::expr::columns {

/// Shows the evaluator one value in place of the only column that an expression reads.
class SlotRecord final : public values::Record {
public:
    SlotRecord(const Columns& columns, const Column& column) : columns_(columns), column_(column) {}
    void select(std::size_t slot) { slot_ = slot; }
    values::View value(std::size_t reference, values::Arena& arena) const override {
        return columns_[reference] ? column_.slot_value(slot_, arena) : values::View();
    }

private:
    const Columns& columns_;
    const Column& column_;
    std::size_t slot_ = 0;
};

/// Shows the evaluator one row.
class RowRecord final : public values::Record {
public:
    explicit RowRecord(const Columns& columns) : columns_(columns) {}
    void select(std::size_t row) { row_ = row; }
    values::View value(std::size_t reference, values::Arena& arena) const override {
        return columns_[reference] ? columns_[reference]->value(row_, arena) : values::View();
    }

private:
    const Columns& columns_;
    std::size_t row_ = 0;
};

}  // namespace engage::expr::columns
