#pragma once

#include <cstddef>
#include <vector>

#include "expr/columns/bitmap.hpp"
#include "expr/columns/column.hpp"

namespace engage::expr::columns {

/// The rows of `open` whose slot of a dictionary has a `passes` that is not 0.
Bitmap spread(const Column& column, const std::vector<unsigned char>& passes, const Bitmap& open);

/// The rows of `open` whose slot passes `test`. `kIsCheap`: the test costs less than a look whether it is needed.
template <bool kIsCheap, class Test>
Bitmap rows_where(const Column& column, const Bitmap& open, Test test) {
    if (!column.is_dictionary()) return kIsCheap ? open.where(test) : open.where_costly(test);
    if (open.count() < column.slots())
        return open.where_costly([&](std::size_t row) { return test(column.slot_of(row)); });
    std::vector<unsigned char> passes(column.slots());
    for (std::size_t slot = 0; slot < passes.size(); ++slot) passes[slot] = test(slot) ? 1 : 0;
    return spread(column, passes, open);
}

}  // namespace engage::expr::columns
