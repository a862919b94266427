#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <variant>
#include <vector>

#include "expr/columns/bitmap.hpp"
#include "expr/values/arena.hpp"
#include "expr/values/time_zone.hpp"
#include "expr/values/value.hpp"

namespace engage::expr::columns {

/// How the texts of values are read. Both must not fail on what a builder is given.
struct TextFormat {
    values::View (*decode)(std::string_view text, values::Arena& arena);
    /// Whether the value is a list or an object. These are read only when a filter looks at them.
    bool (*is_container)(std::string_view text);
};

/// One property of every profile of a set, laid out for filters. Made by a ColumnBuilder, immutable, shared between
/// threads.
///
/// Each row has a *slot*, the place of its value. Values that repeat stand once, in a dictionary, whose slot 0 is
/// undefined; a property that few rows have keeps the numbers of these rows beside their slots. Values that are nearly
/// all distinct lie one after the other in the order of the rows: there the slot is the row.
class Column {
public:
    /// Of each slot a number, NaN where it has none.
    using Keys = std::vector<double>;
    using Order = std::vector<std::uint32_t>;

    /// A column of values that a query computes, one for each row; NaN is undefined.
    static std::shared_ptr<const Column> of_numbers(const std::vector<double>& values);
    /// Whether each row is in the set.
    static std::shared_ptr<const Column> of_flags(const Bitmap& rows);

    ~Column();
    Column(const Column&) = delete;
    Column& operator=(const Column&) = delete;

    std::size_t rows() const { return rows_; }
    bool is_dictionary() const { return !dictionary_.empty(); }
    std::size_t slots() const { return is_dictionary() ? dictionary_.size() : rows_; }
    /// The value may point into the column or into `arena`.
    values::View slot_value(std::size_t slot, values::Arena& arena) const;
    /// The value of a slot, or an empty list in place of a list or an object: enough to know whether there is one.
    values::View outline(std::size_t slot, values::Arena& arena) const;
    values::View value(std::size_t row, values::Arena& arena) const { return slot_value(slot_of(row), arena); }
    std::size_t slot_of(std::size_t row) const;

    /// Whether the dictionary is so large that a search in its order is faster than a look at each value.
    bool is_large() const { return is_dictionary() && dictionary_.size() >= large_; }

    /// Whether few rows have the property: all others are at slot 0.
    bool is_sparse() const { return is_sparse_; }
    /// The rows of a sparse column, ascending. The slot of row `rows[i]` is `slots[i]` of `visit_slots`.
    const std::vector<std::uint32_t>& sparse_rows() const { return sparse_rows_; }
    /// Calls `visit` with the array of a dictionary's slots, which is as narrow as they allow: by row, or by position
    /// in `sparse_rows()`.
    template <class Visit>
    void visit_slots(Visit visit) const {
        std::visit([&](const auto& codes) { visit(codes.data()); }, codes_);
    }

    /// What a comparison with a datetime reads: the Unix second that a text spells in `zone`, also the one that a
    /// number counts if `casts_numbers`. Computed at the first use and kept.
    std::shared_ptr<const Keys> date_keys(const values::TimeZone& zone, bool casts_numbers) const;
    /// The numbers. Computed at the first use and kept.
    std::shared_ptr<const Keys> number_keys() const;
    /// The slots of a dictionary that hold texts, as `<` orders these. Computed at the first use and kept.
    std::shared_ptr<const Order> text_order() const;

private:
    friend class ColumnBuilder;
    struct Derived;
    template <class Key>
    Keys keys_of(Key key) const;
    static std::shared_ptr<const Column> of_codes(std::vector<values::View> dictionary,
                                                  const std::vector<std::uint32_t>& codes);

    Column();
    std::string_view record(std::size_t slot) const;

    std::size_t rows_ = 0;
    std::size_t large_ = 0;
    std::vector<values::View> dictionary_;  ///< Empty when the column has none.
    values::Arena texts_;                   ///< What the dictionary points to.
    std::variant<std::vector<std::uint8_t>, std::vector<std::uint16_t>, std::vector<std::uint32_t>> codes_;
    std::vector<std::uint32_t> sparse_rows_;
    bool is_sparse_ = false;

    // Without a dictionary: the records of all rows. That of a row ends where the next one begins; offsets are relative
    // to those of their block, which keeps them small.
    static constexpr std::size_t kBlock = 65'536;
    std::vector<char> records_;
    std::vector<std::uint32_t> offsets_;
    std::vector<std::size_t> blocks_;
    TextFormat format_{};

    std::unique_ptr<Derived> derived_;
};

}  // namespace engage::expr::columns
