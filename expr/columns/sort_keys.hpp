#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "expr/values/arena.hpp"
#include "expr/values/value.hpp"

namespace engage::expr::columns {

enum class Direction : unsigned char { kAscending, kDescending };

/// Values that something is sorted by, in the order in which they were added.
///
/// Values of all types have one order: numbers, booleans, texts, datetimes, then lists and objects. Two of a type are
/// ordered as `<` orders them (false before true, texts without regard to letter case); lists and objects are all
/// equal. Undefined and null are missing: they come last in both directions.
class SortKeys {
public:
    /// `most_copied`: bytes of texts that may be copied.
    explicit SortKeys(std::size_t most_copied = std::size_t{256} * 1024 * 1024) : most_copied_(most_copied) {}

    /// A text is referred to and must live as long as these keys; see `keep_alive`.
    void add(const values::View& key);
    /// A text is copied, unless these are so many already that the keys are full.
    void add_copy(const values::View& key);
    void keep_alive(std::shared_ptr<const void> owner) { owners_.push_back(std::move(owner)); }
    std::size_t size() const { return size_; }
    /// Whether a text was too much: its key is missing.
    bool is_full() const { return is_full_; }

    /// Of each key its rank, from 0: equal keys have the same one. Takes the keys apart.
    std::vector<std::uint32_t> ranks(Direction direction) &&;

private:
    struct Plain {
        std::uint64_t word = 0;  ///< Orders the keys of its type.
        std::uint32_t key = 0;
    };
    struct Text {
        std::uint64_t word = 0;  ///< What stands before `rest`: see sort_keys.cpp.
        const char* rest = nullptr;
        std::uint32_t rest_size = 0;
        std::uint32_t key = 0;
    };
    enum class Group : unsigned char { kNumbers, kBooleans, kDatetimes, kContainers };

    static void load_word(Text& text);
    static void sort(std::span<Text> texts, std::vector<bool>& begins);
    static bool sort_by_word(std::span<Text> texts);
    std::vector<Plain>& group(Group group) { return plain_[static_cast<std::size_t>(group)]; }
    void add_plain(Group group, std::uint64_t word) { this->group(group).push_back({word, size_}); }

    const std::size_t most_copied_;
    std::uint32_t size_ = 0;
    std::array<std::vector<Plain>, 4> plain_;
    std::vector<Text> texts_;
    values::Arena copies_;
    bool is_full_ = false;
    std::vector<std::shared_ptr<const void>> owners_;
};

/// The positions of `keys` in the order of the ranks of these keys; equal ones stay in their order.
std::vector<std::uint32_t> sorted_positions(std::span<const std::uint32_t> keys, std::span<const std::uint32_t> ranks);

}  // namespace engage::expr::columns
