#pragma once

#include <vector>

#include "expr/columns/filter.hpp"
#include "fixtures/profiles/profile_record.hpp"
#include "server/query/execution/bindings.hpp"

namespace engage::server::query::execution {

/// The columns of the profiles and those that the query computed. Holds references only.
class BoundColumns final : public expr::columns::ColumnSource {
public:
    BoundColumns(const expr::columns::ColumnSource& profiles, const Bindings& bindings)
        : profiles_(profiles), bindings_(bindings) {}

    std::size_t rows() const override { return profiles_.rows(); }
    std::shared_ptr<const expr::columns::Column> column(const expr::values::Reference& reference) const override {
        const auto* computed = bindings_.find(reference);
        return computed != nullptr ? computed->column() : profiles_.column(reference);
    }

private:
    const expr::columns::ColumnSource& profiles_;
    const Bindings& bindings_;
};

/// One profile after the other, with what the query computed of it. What the bindings refer to must outlive it.
class BoundRecord final : public expr::values::Record {
public:
    BoundRecord(const fixtures::profiles::ProfileSet& profiles, const std::vector<expr::values::Reference>& references,
                const Bindings& bindings)
        : profile_(profiles, references), computed_(bindings.resolve(references)) {}

    void select(fixtures::profiles::RowIndex row) {
        profile_.select(row);
        row_ = row;
    }
    expr::values::View value(std::size_t reference, expr::values::Arena& arena) const override {
        const auto* computed = computed_[reference];
        return computed != nullptr ? computed->column()->value(row_, arena) : profile_.value(reference, arena);
    }

private:
    fixtures::profiles::ProfileRecord profile_;
    std::vector<const Computed*> computed_;
    fixtures::profiles::RowIndex row_ = 0;
};

}  // namespace engage::server::query::execution
