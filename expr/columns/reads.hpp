#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "expr/columns/filter.hpp"
#include "expr/evaluation/bound.hpp"

namespace engage::expr::columns {

/// By number of the reference; null where the reference is undefined for every row.
using Columns = std::vector<std::shared_ptr<const Column>>;

Columns columns_of(const evaluation::Tables& tables, const ColumnSource& source);

/// Whether a node gives true, false or undefined, nothing else. For such a node `not` is the complement: it is true
/// exactly where the node is not.
bool is_condition(const evaluation::Bound& node);

/// `defined()` of a property.
bool is_test_of_presence(const evaluation::Tables& tables, const evaluation::Bound& node);

/// `not` of a condition.
bool is_negation_of_condition(const evaluation::Tables& tables, const evaluation::Bound& node);

/// Which columns each node of a program reads, and what its truth for all rows costs by rough estimate.
class Reads {
public:
    Reads(const evaluation::Tables& tables, const Columns& columns);

    bool is_constant(std::uint32_t position) const { return nodes_[position].reads == kNothing; }
    /// The column that the node reads; null if there are several.
    const Column* only_column(std::uint32_t position) const { return nodes_[position].column; }
    /// In nanoseconds for each row.
    double cost(std::uint32_t position) const { return nodes_[position].cost; }

private:
    enum class Count : unsigned char { kNothing, kOne, kSeveral };
    using enum Count;
    struct Entry {
        Count reads = kNothing;
        const Column* column = nullptr;
        double cost = 0;
    };
    static double cost_of(const evaluation::Tables& tables, const evaluation::Bound& node, const Entry& entry,
                          double operands);

    std::vector<Entry> nodes_;
};

}  // namespace engage::expr::columns
