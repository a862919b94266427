#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "expr/columns/column.hpp"

namespace engage::expr::columns {

/// When a column changes its layout. The defaults are measured: bench/README.md.
struct ColumnLimits {
    /// How many distinct values a column has before it may be found to have nearly nothing else. Fewer decide too
    /// early: a number of a hundred thousand values looks distinct at first.
    std::size_t distinct_to_decide = 65'536;
    std::size_t large_dictionary = 256;  ///< See `Column::is_large`.
};

/// Collects the values of one property, row by row, and decides how the column keeps them. Not thread-safe.
class ColumnBuilder {
public:
    ColumnBuilder(std::size_t rows, const TextFormat& format, const ColumnLimits& limits = {});

    /// The value of a row, as text that outlives the column. Rows come in ascending order; those left out have none.
    void add(std::size_t row, std::string_view text);
    std::shared_ptr<const Column> build() &&;

private:
    struct Bucket {
        std::uint64_t head = 0;  ///< Of the text: its first bytes and its size.
        std::uint32_t hash = 0;
        std::uint32_t code = 0;  ///< 0: free.
    };

    void add_record(std::size_t row, std::string_view text);
    void pad_records(std::size_t row);
    void leave_dictionary();
    std::uint32_t code_of(std::string_view text);
    void grow_buckets();
    template <class Code>
    void spread_codes();

    const ColumnLimits limits_;
    std::shared_ptr<Column> column_;
    values::Arena scratch_;
    std::vector<Bucket> buckets_;          ///< Open-addressed, its size a power of two.
    std::vector<std::string_view> texts_;  ///< Of each code; 0 stands for the missing value.
    std::vector<std::uint32_t> rows_;      ///< That have the property,
    std::vector<std::uint32_t> codes_;     ///< and their codes.
};

}  // namespace engage::expr::columns
