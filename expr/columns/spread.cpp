#include "expr/columns/spread.hpp"

namespace engage::expr::columns {

Bitmap spread(const Column& column, const std::vector<unsigned char>& passes, const Bitmap& open) {
    Bitmap kept;
    column.visit_slots([&](const auto* slots) {
        if (!column.is_sparse()) {
            kept = open.where([&, table = passes.data()](std::size_t row) { return table[slots[row]] != 0; });
            return;
        }
        // Nearly all rows are at slot 0; what the others say stands in one short list.
        const auto& rows = column.sparse_rows();
        Bitmap others(open.size(), false);
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (passes[slots[i]] != passes[0]) others.set(rows[i]);
        kept = open;
        if (passes[0] != 0)
            kept -= others;
        else
            kept &= others;
    });
    return kept;
}

}  // namespace engage::expr::columns
