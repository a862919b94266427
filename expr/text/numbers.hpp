#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace engage::expr::text {

/// The shortest decimal text that reads back as the same number, without ".0" and without an exponent between
/// 1e-6 and 1e21: what `string()`, JSON and the printed trees show.
class NumberText {
public:
    explicit NumberText(double value);
    std::string_view view() const { return {digits_.data(), size_}; }

private:
    std::array<char, 32> digits_;
    std::size_t size_ = 0;
};

/// A decimal number: sign, digits, fraction, exponent; nothing else may be in `text`. Nothing for hexadecimal,
/// "inf" and "nan", and for what exceeds the range of a double.
std::optional<double> parse_number(std::string_view text);

}  // namespace engage::expr::text
