#include "server/space/row_set.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace engage::server::space {

namespace {

using expr::columns::Bitmap;
using fixtures::profiles::RowIndex;

constexpr std::size_t kWordsInBlock = 64;

std::vector<RowIndex> list_of(const Bitmap& bits) {
    std::vector<RowIndex> rows;
    rows.reserve(bits.count());
    bits.for_each([&](std::size_t row) { rows.push_back(static_cast<RowIndex>(row)); });
    return rows;
}

}  // namespace

RowSet RowSet::all(std::size_t rows) {
    RowSet set;
    set.rows_ = All{rows};
    return set;
}

RowSet::RowSet(Bitmap rows) {
    const auto words = rows.words();
    std::vector<std::uint32_t> before;
    before.reserve(words.size() / kWordsInBlock + 2);
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i % kWordsInBlock == 0) before.push_back(count);
        count += static_cast<std::uint32_t>(std::popcount(words[i]));
    }
    before.push_back(count);
    const bool is_list_smaller = count * sizeof(RowIndex) < words.size_bytes();
    if (is_list_smaller)
        rows_ = list_of(rows);
    else
        rows_ = Ranked{std::move(rows), std::move(before)};
}

std::size_t RowSet::size() const {
    if (const auto* all = std::get_if<All>(&rows_)) return all->rows;
    if (const auto* ranked = std::get_if<Ranked>(&rows_)) return ranked->before.back();
    return std::get<0>(rows_).size();
}

std::vector<RowIndex> RowSet::slice(std::size_t begin, std::size_t end) const {
    std::vector<RowIndex> rows(end - begin);
    if (is_all()) {
        std::iota(rows.begin(), rows.end(), static_cast<RowIndex>(begin));
    } else if (const auto* list = std::get_if<std::vector<RowIndex>>(&rows_)) {
        std::copy_n(list->begin() + static_cast<std::ptrdiff_t>(begin), rows.size(), rows.begin());
    } else if (!rows.empty()) {
        const auto& [bits, before] = std::get<Ranked>(rows_);
        const auto block =
            static_cast<std::size_t>(std::upper_bound(before.begin(), before.end(), begin) - before.begin()) - 1;
        auto skipped = begin - before[block];
        std::size_t filled = 0;
        const auto words = bits.words();
        for (auto i = block * kWordsInBlock; filled < rows.size(); ++i) {
            for (auto word = words[i]; word != 0 && filled < rows.size(); word &= word - 1) {
                if (skipped > 0)
                    --skipped;
                else
                    rows[filled++] =
                        static_cast<RowIndex>(i * Bitmap::kWordBits + static_cast<std::size_t>(std::countr_zero(word)));
            }
        }
    }
    return rows;
}

Bitmap RowSet::bitmap(std::size_t rows) const {
    if (const auto* ranked = std::get_if<Ranked>(&rows_)) return ranked->bits;
    Bitmap bits(rows, is_all());
    if (const auto* list = std::get_if<std::vector<RowIndex>>(&rows_))
        for (const auto row : *list) bits.set(row);
    return bits;
}

std::size_t RowSet::bytes() const {
    if (const auto* ranked = std::get_if<Ranked>(&rows_))
        return ranked->bits.words().size_bytes() + ranked->before.capacity() * sizeof(std::uint32_t);
    const auto* list = std::get_if<std::vector<RowIndex>>(&rows_);
    return list != nullptr ? list->capacity() * sizeof(RowIndex) : 0;
}

}  // namespace engage::server::space
