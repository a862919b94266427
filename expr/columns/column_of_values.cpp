#include <bit>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <utility>

#include "expr/columns/column.hpp"
#include "expr/columns/column_builder.hpp"

namespace engage::expr::columns {

namespace {

/// Gives each number a code, from 1 in the order that they come.
class NumberCodes {
public:
    std::uint32_t code_of(double number) {
        // Nearly all that is computed are counts.
        if (number >= 0 && number < kSmall && number == std::floor(number)) {
            auto& code = small_[static_cast<std::size_t>(number)];
            return code != 0 ? code : code = add(number);
        }
        auto& code = others_[std::bit_cast<std::uint64_t>(number)];
        return code != 0 ? code : code = add(number);
    }
    std::vector<values::View> take_dictionary() { return std::move(dictionary_); }

private:
    std::uint32_t add(double number) {
        dictionary_.push_back(values::View::number(number));
        return static_cast<std::uint32_t>(dictionary_.size() - 1);
    }

    static constexpr std::size_t kSmall = 4096;
    std::vector<std::uint32_t> small_ = std::vector<std::uint32_t>(kSmall);
    std::unordered_map<std::uint64_t, std::uint32_t> others_;
    std::vector<values::View> dictionary_ = {values::View()};  ///< Code 0 is undefined.
};

template <class Code>
std::vector<Code> narrow(const std::vector<std::uint32_t>& codes) {
    std::vector<Code> narrowed(codes.size());
    for (std::size_t i = 0; i < codes.size(); ++i) narrowed[i] = static_cast<Code>(codes[i]);
    return narrowed;
}

template <class Code>
constexpr std::size_t kCodes = std::size_t{std::numeric_limits<Code>::max()} + 1;

}  // namespace

std::shared_ptr<const Column> Column::of_numbers(const std::vector<double>& values) {
    NumberCodes known;
    std::vector<std::uint32_t> codes(values.size());
    for (std::size_t row = 0; row < values.size(); ++row)
        codes[row] = std::isnan(values[row]) ? 0 : known.code_of(values[row]);
    return of_codes(known.take_dictionary(), codes);
}

std::shared_ptr<const Column> Column::of_flags(const Bitmap& rows) {
    constexpr std::uint32_t kTrue = 2;
    std::vector<std::uint32_t> codes(rows.size(), 1);
    rows.for_each([&](std::size_t row) { codes[row] = kTrue; });
    return of_codes({values::View(), values::View::boolean(false), values::View::boolean(true)}, codes);
}

std::shared_ptr<const Column> Column::of_codes(std::vector<values::View> dictionary,
                                               const std::vector<std::uint32_t>& codes) {
    const std::shared_ptr<Column> column(new Column);
    column->rows_ = codes.size();
    column->large_ = ColumnLimits().large_dictionary;
    column->dictionary_ = std::move(dictionary);
    if (column->slots() <= kCodes<std::uint8_t>)
        column->codes_ = narrow<std::uint8_t>(codes);
    else if (column->slots() <= kCodes<std::uint16_t>)
        column->codes_ = narrow<std::uint16_t>(codes);
    else
        column->codes_ = codes;
    return column;
}

}  // namespace engage::expr::columns
