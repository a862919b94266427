#include "expr/text/spelling.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

namespace engage::expr::text {
namespace {

/// Letters to insert, drop or replace, or neighbours to swap (the optimal string alignment distance).
std::size_t distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> before(right.size() + 1);  // The row before the last.
    std::vector<std::size_t> last(right.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 0; i < left.size(); ++i) {
        std::vector<std::size_t> row(right.size() + 1, i + 1);
        for (std::size_t j = 0; j < right.size(); ++j) {
            const auto replaced = last[j] + (left[i] == right[j] ? 0 : 1);
            row[j + 1] = std::min({replaced, last[j + 1] + 1, row[j] + 1});
            const bool is_swap = i > 0 && j > 0 && left[i] == right[j - 1] && left[i - 1] == right[j];
            if (is_swap) row[j + 1] = std::min(row[j + 1], before[j - 1] + 1);
        }
        before = std::exchange(last, std::move(row));
    }
    return last.back();
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> known) {
    constexpr std::size_t kLongestWord = 64;
    constexpr std::size_t kMostSlips = 2;
    if (word.size() > kLongestWord) return {};
    std::string_view best;
    std::size_t fewest = kMostSlips + 1;
    for (const auto candidate : known) {
        const auto slips = distance(word, candidate);
        if (slips < fewest && slips * 2 < candidate.size()) {
            fewest = slips;
            best = candidate;
        }
    }
    return best;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> known) {
    const auto best = nearest(word, known);
    return best.empty() ? std::string() : "; did you mean '" + std::string(best) + "'?";
}

}  // namespace engage::expr::text
