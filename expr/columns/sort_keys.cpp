#include "expr/columns/sort_keys.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <numeric>

#include "expr/text/text.hpp"

namespace engage::expr::columns {
namespace {

constexpr std::uint64_t kSign = std::uint64_t{1} << 63;

/// Grows with the number.
std::uint64_t word_of(double number) {
    const auto bits = std::bit_cast<std::uint64_t>(number + 0.0);  // -0 becomes 0.
    return (bits & kSign) != 0 ? ~bits : bits | kSign;
}

std::uint64_t word_of(std::int64_t seconds) { return static_cast<std::uint64_t>(seconds) ^ kSign; }

// The word of a text: seven bytes, the first one highest, and below them how many bytes there are, 8 standing for "more
// follow". So words order texts as far as they go, a text before those that it begins, and two equal words without a
// rest are equal texts.
constexpr std::size_t kWordBytes = 7;
constexpr std::uint64_t kMoreFollow = 8;

/// The letters A to Z of eight bytes as a to z.
std::uint64_t folded(std::uint64_t bytes) {
    constexpr std::uint64_t kEach = 0x0101010101010101;
    const auto low = bytes & kEach * 0x7F;
    const auto from_a = low + kEach * (0x80 - 'A');
    const auto above_z = low + kEach * (0x7F - 'Z');
    const auto letters = (from_a ^ above_z) & ~bytes & kEach * 0x80;
    return bytes | letters >> 2;
}

static_assert(std::endian::native == std::endian::little, "the first byte of a loaded word is its lowest");

}  // namespace

void SortKeys::load_word(Text& text) {
    std::uint64_t bytes = 0;
    if (text.rest_size > 0) std::memcpy(&bytes, text.rest, std::min<std::size_t>(text.rest_size, sizeof bytes));
    const auto in_order = __builtin_bswap64(folded(bytes)) & ~std::uint64_t{0xFF};
    text.word = in_order | std::min<std::uint64_t>(text.rest_size, kMoreFollow);
    const auto read = std::min<std::uint32_t>(text.rest_size, kWordBytes);
    text.rest += read;
    text.rest_size -= read;
}

void SortKeys::add(const values::View& key) {
    switch (key.type()) {
        case values::Type::kUndefined:
        case values::Type::kNull:
            break;
        case values::Type::kNumber:
            if (!std::isnan(key.as_number())) add_plain(Group::kNumbers, word_of(key.as_number()));
            break;
        case values::Type::kBoolean:
            add_plain(Group::kBooleans, key.as_boolean() ? 1 : 0);
            break;
        case values::Type::kString: {
            const auto text = key.as_string();
            texts_.push_back({0, text.data(), static_cast<std::uint32_t>(text.size()), size_});
            load_word(texts_.back());
            break;
        }
        case values::Type::kDatetime:
            add_plain(Group::kDatetimes, word_of(key.as_datetime()));
            break;
        case values::Type::kList:
        case values::Type::kObject:
            add_plain(Group::kContainers, 0);
            break;
    }
    ++size_;
}

void SortKeys::add_copy(const values::View& key) {
    if (!key.is(values::Type::kString)) return add(key);
    is_full_ = is_full_ || copies_.allocated() + key.as_string().size() > most_copied_;
    add(is_full_ ? values::View() : values::View::string(copies_.copy(key.as_string())));
}

/// False when all words are the same.
bool SortKeys::sort_by_word(std::span<Text> texts) {
    const auto is_equal = [&](const Text& text) { return text.word == texts.front().word; };
    if (std::all_of(texts.begin(), texts.end(), is_equal)) return false;
    std::sort(texts.begin(), texts.end(), [](const Text& a, const Text& b) { return a.word < b.word; });
    return true;
}

/// Word by word: neighbours whose words are equal are sorted by their next words. Marks in `begins` where a text
/// differs from the one before it.
void SortKeys::sort(std::span<Text> texts, std::vector<bool>& begins) {
    constexpr std::size_t kFew = 16;  ///< So many are compared text by text.
    struct Range {
        std::size_t begin;
        std::size_t end;
    };
    const auto rest_of = [](const Text& text) { return std::string_view(text.rest, text.rest_size); };
    const auto compare = [&](const Text& a, const Text& b) {
        return a.word != b.word ? a.word <=> b.word : text::compare_ignoring_case(rest_of(a), rest_of(b));
    };
    std::vector<Range> open;
    if (!texts.empty()) open.push_back({0, texts.size()});
    while (!open.empty()) {
        const auto [begin, end] = open.back();
        open.pop_back();
        const auto part = texts.subspan(begin, end - begin);
        if (part.size() <= kFew) {
            std::sort(part.begin(), part.end(),
                      [&](const Text& a, const Text& b) { return std::is_lt(compare(a, b)); });
            for (std::size_t i = 1; i < part.size(); ++i)
                if (std::is_neq(compare(part[i - 1], part[i]))) begins[begin + i] = true;
            continue;
        }
        const bool has_several = sort_by_word(part);
        for (std::size_t first = 0; first < part.size();) {
            const auto word = part[first].word;
            auto next = has_several ? first + 1 : part.size();
            while (next < part.size() && part[next].word == word) ++next;
            if (first > 0) begins[begin + first] = true;
            if (next - first > 1 && (word & 0xFF) == kMoreFollow) {
                for (auto i = first; i < next; ++i) load_word(part[i]);
                open.push_back({begin + first, begin + next});
            }
            first = next;
        }
    }
}

std::vector<std::uint32_t> SortKeys::ranks(Direction direction) && {
    std::vector<std::uint32_t> ranks(size_, ~std::uint32_t{0});
    std::uint32_t present = 0;  // How many ranks there are so far.
    const auto rank_plain = [&](Group which) {
        auto& keys = group(which);
        std::sort(keys.begin(), keys.end(), [](const Plain& a, const Plain& b) { return a.word < b.word; });
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (i == 0 || keys[i].word != keys[i - 1].word) ++present;
            ranks[keys[i].key] = present - 1;
        }
    };
    rank_plain(Group::kNumbers);
    rank_plain(Group::kBooleans);
    std::vector<bool> begins(texts_.size());
    sort(texts_, begins);
    for (std::size_t i = 0; i < texts_.size(); ++i) {
        if (i == 0 || begins[i]) ++present;
        ranks[texts_[i].key] = present - 1;
    }
    rank_plain(Group::kDatetimes);
    rank_plain(Group::kContainers);
    for (auto& rank : ranks) {
        if (rank >= present)
            rank = present;
        else if (direction == Direction::kDescending)
            rank = present - 1 - rank;
    }
    return ranks;
}

std::vector<std::uint32_t> sorted_positions(std::span<const std::uint32_t> keys, std::span<const std::uint32_t> ranks) {
    const auto count = ranks.empty() ? 0 : *std::max_element(ranks.begin(), ranks.end()) + std::size_t{1};
    std::vector<std::uint32_t> next(count + 1);  // Where the next position of each rank goes.
    for (const auto key : keys) ++next[ranks[key] + std::size_t{1}];
    std::partial_sum(next.begin(), next.end(), next.begin());
    std::vector<std::uint32_t> positions(keys.size());
    for (std::uint32_t i = 0; i < keys.size(); ++i) positions[next[ranks[keys[i]]]++] = i;
    return positions;
}

}  // namespace engage::expr::columns
