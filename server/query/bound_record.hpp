#pragma once

#include <vector>

#include "expr/filter.hpp"
#include "fixtures/profile_record.hpp"
#include "server/query/bindings.hpp"

namespace engage::server {

/// The columns of the profiles and those that the query computed. Holds references only.
class BoundColumns final : public expr::ColumnSource {
public:
    BoundColumns(const expr::ColumnSource& profiles, const Bindings& bindings)
        : profiles_(profiles), bindings_(bindings) {}

    std::size_t rows() const override { return profiles_.rows(); }
    std::shared_ptr<const expr::Column> column(const expr::Reference& reference) const override {
        const auto* computed = bindings_.find(reference);
        return computed != nullptr ? computed->column() : profiles_.column(reference);
    }

private:
    const expr::ColumnSource& profiles_;
    const Bindings& bindings_;
};

/// One profile after the other, with what the query computed of it. What the bindings refer to must outlive it.
class BoundRecord final : public expr::Record {
public:
    BoundRecord(const fixtures::ProfileSet& profiles, const std::vector<expr::Reference>& references,
                const Bindings& bindings)
        : profile_(profiles, references), computed_(bindings.resolve(references)) {}

    void select(fixtures::RowIndex row) {
        profile_.select(row);
        row_ = row;
    }
    expr::View value(std::size_t reference, expr::Arena& arena) const override {
        const auto* computed = computed_[reference];
        return computed != nullptr ? computed->column()->value(row_, arena) : profile_.value(reference, arena);
    }

private:
    fixtures::ProfileRecord profile_;
    std::vector<const Computed*> computed_;
    fixtures::RowIndex row_ = 0;
};

}  // namespace engage::server
