#pragma once

#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

#include "expr/columns/bitmap.hpp"
#include "fixtures/profiles/profile_set.hpp"

namespace engage::server::space {

/// Rows of a profile set, ascending. Kept as a list or as a bitmap, whichever is smaller. Immutable.
class RowSet {
public:
    RowSet() = default;  ///< No rows.
    static RowSet all(std::size_t rows);
    /// Ascending, each once.
    explicit RowSet(std::vector<fixtures::profiles::RowIndex> rows) : rows_(std::move(rows)) {}
    explicit RowSet(expr::columns::Bitmap rows);

    bool is_all() const { return std::holds_alternative<All>(rows_); }
    std::size_t size() const;
    /// The rows at the positions from `begin` to before `end`, which is at most `size()`. Costs O(rows of the slice),
    /// wherever it begins.
    std::vector<fixtures::profiles::RowIndex> slice(std::size_t begin, std::size_t end) const;
    /// The same rows, of `rows` that there are.
    expr::columns::Bitmap bitmap(std::size_t rows) const;
    /// Roughly, for bounds.
    std::size_t bytes() const;

private:
    struct All {
        std::size_t rows = 0;
    };
    struct Ranked {
        expr::columns::Bitmap bits;
        std::vector<std::uint32_t> before;  ///< How many rows stand before each block of words; at the end, all.
    };

    std::variant<std::vector<fixtures::profiles::RowIndex>, All, Ranked> rows_;
};

}  // namespace engage::server::space
