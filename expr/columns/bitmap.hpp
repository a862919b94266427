#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace engage::expr::columns {

/// A set of rows of a profile set, one bit each.
class Bitmap {
public:
    static constexpr std::size_t kWordBits = 64;

    Bitmap() = default;
    /// `size` rows, all of them in the set or none.
    Bitmap(std::size_t size, bool value)
        : words_((size + kWordBits - 1) / kWordBits, value ? ~Word{0} : 0), size_(size) {
        if (value && size % kWordBits != 0) words_.back() = ~Word{0} >> (kWordBits - size % kWordBits);
    }

    std::size_t size() const { return size_; }
    /// The lowest bit of the first word is row 0; bits past the last row are 0.
    std::span<const std::uint64_t> words() const { return words_; }
    bool holds(std::size_t row) const { return (words_[row / kWordBits] >> row % kWordBits & 1) != 0; }
    void set(std::size_t row) { words_[row / kWordBits] |= Word{1} << row % kWordBits; }
    /// Adds the rows from `begin` to before `end`.
    void set(std::size_t begin, std::size_t end) {
        for (; begin < end && begin % kWordBits != 0; ++begin) set(begin);
        for (; end - begin >= kWordBits && begin < end; begin += kWordBits) words_[begin / kWordBits] = ~Word{0};
        for (; begin < end; ++begin) set(begin);
    }
    std::size_t count() const {
        std::size_t rows = 0;
        for (const auto word : words_) rows += static_cast<std::size_t>(std::popcount(word));
        return rows;
    }

    Bitmap& operator|=(const Bitmap& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
        return *this;
    }
    Bitmap& operator&=(const Bitmap& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
        return *this;
    }
    /// Takes the rows of `other` out.
    Bitmap& operator-=(const Bitmap& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
        return *this;
    }

    template <class Visit>
    void for_each(Visit visit) const {
        for (std::size_t i = 0; i < words_.size(); ++i)
            for (auto word = words_[i]; word != 0; word &= word - 1)
                visit(i * kWordBits + static_cast<std::size_t>(std::countr_zero(word)));
    }

    /// The rows of this set for which `test` holds. A `test` that costs a few instructions is run on neighbours that
    /// are not in the set as well where that is faster; it must be harmless for every row below `size()`.
    template <class Test>
    Bitmap where(Test test) const {
        Bitmap kept(size_, false);
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const auto word = words_[i];
            if (word == 0) continue;
            const auto first = i * kWordBits;
            constexpr int kFew = 12;
            if (std::popcount(word) <= kFew || first + kWordBits > size_) {
                kept.words_[i] = each_bit(word, first, test);
                continue;
            }
            Word bits = 0;
            for (std::size_t bit = 0; bit < kWordBits; ++bit) bits |= Word{test(first + bit)} << bit;
            kept.words_[i] = bits & word;
        }
        return kept;
    }

    /// The same for a `test` that is worth being spared: it is run on the rows of this set only.
    template <class Test>
    Bitmap where_costly(Test test) const {
        Bitmap kept(size_, false);
        for (std::size_t i = 0; i < words_.size(); ++i) kept.words_[i] = each_bit(words_[i], i * kWordBits, test);
        return kept;
    }

private:
    using Word = std::uint64_t;

    template <class Test>
    static Word each_bit(Word word, std::size_t first, Test& test) {
        Word bits = 0;
        for (; word != 0; word &= word - 1) {
            const auto bit = static_cast<std::size_t>(std::countr_zero(word));
            bits |= Word{test(first + bit)} << bit;
        }
        return bits;
    }

    std::vector<Word> words_;
    std::size_t size_ = 0;
};

}  // namespace engage::expr::columns
