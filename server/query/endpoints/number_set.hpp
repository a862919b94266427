#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "expr/columns/bitmap.hpp"
#include "expr/columns/column.hpp"

namespace engage::server::query::endpoints {

/// The numbers that some profiles have in one property. What is no number does not count.
class NumberSet {
public:
    NumberSet() = default;
    NumberSet(const expr::columns::Column& column, const expr::columns::Bitmap& rows);

    struct Extremes {
        double least = 0;
        double most = 0;
    };
    struct Summary {
        std::uint64_t count = 0;
        double mean = 0;
        double variance = 0;  ///< Of the whole population: divided by the count.
        double sum_of_squares = 0;
    };

    bool is_empty() const { return numbers_.empty(); }
    /// Not of an empty set; nor the next two.
    Extremes extremes() const;
    Summary summary() const;
    /// `percent` is from 0 to 100; between two numbers the result is interpolated linearly.
    double percentile(double percent);

private:
    struct Number {
        double value = 0;
        std::uint32_t count = 0;
    };
    std::uint64_t count() const;
    /// The number at a place of the sorted set. Takes time in proportion to the set.
    double at(std::uint64_t place);

    std::vector<Number> numbers_;
};

}  // namespace engage::server::query::endpoints
