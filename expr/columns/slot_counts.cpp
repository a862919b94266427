#include "expr/columns/slot_counts.hpp"

namespace engage::expr::columns {

std::vector<std::uint32_t> slot_counts(const Column& column, const Bitmap& rows) {
    std::vector<std::uint32_t> counts(column.slots());
    column.visit_slots([&](const auto* slots) {
        if (!column.is_sparse()) return rows.for_each([&](std::size_t row) { ++counts[slots[row]]; });
        const auto& having = column.sparse_rows();
        auto others = rows.count();
        for (std::size_t i = 0; i < having.size(); ++i) {
            if (!rows.holds(having[i])) continue;
            ++counts[slots[i]];
            --others;
        }
        counts[0] += static_cast<std::uint32_t>(others);
    });
    return counts;
}

}  // namespace engage::expr::columns
