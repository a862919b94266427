#include "server/query/endpoints/number_set.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "expr/columns/slot_counts.hpp"

namespace engage::server::query::endpoints {

NumberSet::NumberSet(const expr::columns::Column& column, const expr::columns::Bitmap& rows) {
    const auto keys = column.number_keys();
    const auto add = [&](std::size_t slot, std::uint32_t count) {
        if (count > 0 && !std::isnan((*keys)[slot])) numbers_.push_back({(*keys)[slot], count});
    };
    if (column.is_dictionary()) {
        const auto counts = expr::columns::slot_counts(column, rows);
        for (std::size_t slot = 0; slot < counts.size(); ++slot) add(slot, counts[slot]);
    } else {
        rows.for_each([&](std::size_t row) { add(row, 1); });
    }
}

std::uint64_t NumberSet::count() const {
    return std::accumulate(numbers_.begin(), numbers_.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const Number& number) { return sum + number.count; });
}

NumberSet::Extremes NumberSet::extremes() const {
    const auto [least, most] =
        std::minmax_element(numbers_.begin(), numbers_.end(),
                            [](const Number& left, const Number& right) { return left.value < right.value; });
    return {least->value, most->value};
}

NumberSet::Summary NumberSet::summary() const {
    Summary summary{.count = count()};
    const auto all = static_cast<double>(summary.count);
    for (const auto& [value, count] : numbers_) {
        summary.mean += value * count;
        summary.sum_of_squares += value * value * count;
    }
    summary.mean /= all;
    // In a second pass: the difference of two large sums would lose the digits of a small variance.
    for (const auto& [value, count] : numbers_)
        summary.variance += (value - summary.mean) * (value - summary.mean) * count;
    summary.variance /= all;
    return summary;
}

double NumberSet::at(std::uint64_t place) {
    auto begin = numbers_.begin();
    auto end = numbers_.end();
    while (end - begin > 1) {
        const auto middle = begin + (end - begin) / 2;
        std::nth_element(begin, middle, end,
                         [](const Number& left, const Number& right) { return left.value < right.value; });
        const auto below = std::accumulate(begin, middle, std::uint64_t{0},
                                           [](std::uint64_t sum, const Number& number) { return sum + number.count; });
        if (place < below) {
            end = middle;
        } else {
            place -= below;
            begin = middle;
        }
    }
    return begin->value;
}

double NumberSet::percentile(double percent) {
    const auto place = percent / 100 * static_cast<double>(count() - 1);
    const auto below = static_cast<std::uint64_t>(place);
    const auto share = place - std::floor(place);
    const auto low = at(below);
    return share == 0 ? low : low + (at(below + 1) - low) * share;
}

}  // namespace engage::server::query::endpoints
