#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

#include "expr/filter.hpp"
#include "fixtures/profile_record.hpp"
#include "server/query/member_record.hpp"

namespace engage::server {

/// The columns of the profiles and those that the query computed. Holds references only.
class BoundColumns final : public expr::ColumnSource {
public:
    BoundColumns(const expr::ColumnSource& profiles, const std::vector<expr::Reference>& references,
                 const Bindings& bindings)
        : profiles_(profiles), references_(references), bindings_(bindings) {}

    std::size_t rows() const override { return profiles_.rows(); }
    std::shared_ptr<const expr::Column> column(const expr::Reference& reference) const override {
        const auto found = std::find(references_.begin(), references_.end(), reference) - references_.begin();
        const auto* computed = bindings_[static_cast<std::size_t>(found)];
        return computed != nullptr ? computed->column() : profiles_.column(reference);
    }

private:
    const expr::ColumnSource& profiles_;
    const std::vector<expr::Reference>& references_;
    const Bindings& bindings_;
};

/// One profile after the other and what the query computed of it. Holds references only.
class BoundRecord final : public expr::Record {
public:
    BoundRecord(const fixtures::ProfileSet& profiles, const std::vector<expr::Reference>& references,
                const Bindings& bindings)
        : profile_(profiles, references), bindings_(bindings) {}

    void select(fixtures::RowIndex row) {
        profile_.select(row);
        row_ = row;
    }
    expr::View value(std::size_t reference, expr::Arena& arena) const override {
        const auto* computed = bindings_[reference];
        return computed != nullptr ? computed->column()->value(row_, arena) : profile_.value(reference, arena);
    }

private:
    fixtures::ProfileRecord profile_;
    const Bindings& bindings_;
    fixtures::RowIndex row_ = 0;
};

}  // namespace engage::server
