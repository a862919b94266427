#include "expr/text/numbers.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>

#include "expr/text/text.hpp"

namespace engage::expr::text {
namespace {

constexpr double kLargestPlain = 1e21;
constexpr double kSmallestPlain = 1e-6;

}  // namespace

NumberText::NumberText(double value) {
    if (value == 0) value = 0;  // the text of -0 is "0": the two are equal
    const auto magnitude = std::fabs(value);
    const auto plain = value == 0 || (magnitude >= kSmallestPlain && magnitude < kLargestPlain);
    const auto format = plain ? std::chars_format::fixed : std::chars_format::scientific;
    const auto result = std::to_chars(digits_.data(), digits_.data() + digits_.size(), value, format);
    size_ = static_cast<std::size_t>(result.ptr - digits_.data());
}

std::optional<double> parse_number(std::string_view text) {
    const auto unsigned_at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1U : 0U;
    if (unsigned_at < text.size() && !is_digit(text[unsigned_at]) && text[unsigned_at] != '.') return std::nullopt;
    if (text.starts_with('+')) text.remove_prefix(1);
    double value = 0;
    const auto* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    if (result.ptr != end || text.empty()) return std::nullopt;
    // from_chars does not tell too large from too small; strtod does (0 or the nearest denormal).
    if (result.ec == std::errc::result_out_of_range) value = std::strtod(std::string(text).c_str(), nullptr);
    if (result.ec == std::errc::invalid_argument || !std::isfinite(value)) return std::nullopt;
    return value;
}

}  // namespace engage::expr::text
