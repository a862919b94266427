#include "expr/text/text.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

namespace engage::expr::text {
namespace {

unsigned char folded(char c) { return static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c); }

static_assert(std::endian::native == std::endian::little, "the first byte of a word is its lowest");

/// Eight bytes, the letters in lower case; some other characters change as well.
std::uint64_t lower_word(const char* bytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return word | 0x2020202020202020;
}

/// A high bit at each byte of `word` that is zero, and perhaps at some above one that is.
std::uint64_t zero_bytes(std::uint64_t word) { return (word - 0x0101010101010101) & ~word & 0x8080808080808080; }

/// Knuth, Morris and Pratt: each character is looked at about twice, whatever the part.
bool contains_long_part(std::string_view text, std::string_view part) {
    std::vector<std::uint32_t> shorter(part.size());  // How much still fits where the next character does not.
    const auto fitting = [&](std::uint32_t fits, char next) {
        while (fits > 0 && folded(part[fits]) != folded(next)) fits = shorter[fits - 1];
        return folded(part[fits]) == folded(next) ? fits + 1 : fits;
    };
    for (std::size_t i = 1; i < part.size(); ++i) shorter[i] = fitting(shorter[i - 1], part[i]);
    std::uint32_t fits = 0;
    return std::any_of(text.begin(), text.end(), [&](char c) {
        fits = fitting(fits, c);
        return fits == part.size();
    });
}

/// Longer parts are not compared place by place, which takes the product of the lengths at worst.
constexpr std::size_t kLongPart = 64;

}  // namespace

std::strong_ordering compare_ignoring_case(std::string_view left, std::string_view right) {
    return std::lexicographical_compare_three_way(left.begin(), left.end(), right.begin(), right.end(),
                                                  [](char a, char b) { return folded(a) <=> folded(b); });
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
    return left.size() == right.size() &&
           std::equal(left.begin(), left.end(), right.begin(), [](char a, char b) { return folded(a) == folded(b); });
}

bool less_ignoring_case(std::string_view left, std::string_view right) {
    return std::is_lt(compare_ignoring_case(left, right));
}

std::string folded(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return static_cast<char>(folded(c)); });
    return out;
}

bool contains_ignoring_case(std::string_view text, std::string_view part) {
    if (part.empty()) return true;
    if (part.size() > text.size()) return false;
    if (part.size() > kLongPart) return contains_long_part(text, part);
    const auto is_at = [&](std::size_t i) { return equal_ignoring_case(text.substr(i, part.size()), part); };
    const auto places = text.size() - part.size() + 1;
    constexpr auto kWord = sizeof(std::uint64_t);
    if (places < kWord) {
        for (std::size_t place = 0; place < places; ++place)
            if (is_at(place)) return true;
        return false;
    }
    // Eight places at a time: the rest is compared only where the first and the last character may fit.
    constexpr std::uint64_t kEach = 0x0101010101010101;
    const auto first = kEach * (static_cast<unsigned char>(part.front()) | 0x20U);
    const auto last = kEach * (static_cast<unsigned char>(part.back()) | 0x20U);
    for (std::size_t place = 0;; place = std::min(place + kWord, places - kWord)) {
        const auto* at = text.data() + place;
        auto fits = zero_bytes((lower_word(at) ^ first) | (lower_word(at + part.size() - 1) ^ last));
        for (; fits != 0; fits &= fits - 1)
            if (is_at(place + static_cast<std::size_t>(std::countr_zero(fits)) / 8)) return true;
        if (place == places - kWord) return false;
    }
}

}  // namespace engage::expr::text
