#include "server/definitions/event_days.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

#include "expr/text/parse_whole.hpp"

namespace engage::server::definitions {

namespace {

using namespace std::string_view_literals;

constexpr std::array kWindowKeys{"unit"sv, "value"sv};
constexpr std::array kUnitNames{"hour"sv, "day"sv, "week"sv, "month"sv};
constexpr std::array<std::int64_t, kUnitNames.size()> kUnitSeconds{3600, 86'400, 7 * 86'400, 30 * 86'400};

std::optional<std::chrono::year_month_day> parse_day(std::string_view text) {
    constexpr std::string_view kForm = "YYYY-MM-DD";
    if (text.size() != kForm.size()) return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t size) {
        return expr::text::parse_whole<int>(text.substr(at, size)).value_or(-1);
    };
    const auto year = number(0, 4);
    const auto month = number(5, 2);
    const auto day = number(8, 2);
    if (text[4] != '-' || text[7] != '-' || year < 1 || month < 0 || day < 0) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    return date.ok() ? std::optional(date) : std::nullopt;
}

std::chrono::year_month_day read_day(const expr::values::Cursor& value) {
    constexpr std::string_view kExpected = "a day as \"2026-06-01\"";
    const auto day = parse_day(value.text(kExpected).value());
    if (!day) value.refuse_type(kExpected);
    return *day;
}

}  // namespace

Window read_window(const expr::values::Cursor& window) {
    if (!window.is(expr::values::Type::kObject)) window.refuse_type(R"(an object such as {"unit":"day","value":30})");
    window.allow_keys(kWindowKeys);
    const auto unit = window.required("unit").one_of(kUnitNames, "unit").value();
    const auto value = window.required("value");
    const auto count = value.is(expr::values::Type::kNumber) ? value.as_number() : 0;
    if (count < 1 || count > static_cast<double>(kLongestWindow) || count != std::floor(count))
        value.refuse_type("a whole number from 1 to " + std::to_string(kLongestWindow));
    const auto position = std::find(kUnitNames.begin(), kUnitNames.end(), unit) - kUnitNames.begin();
    return {static_cast<std::int64_t>(count) * kUnitSeconds.at(static_cast<std::size_t>(position))};
}

Days read_days(const expr::values::Cursor& behavior) {
    return read_days(behavior.required("from_date"), behavior.required("to_date"));
}

Days read_days(const expr::values::Cursor& from, const expr::values::Cursor& to) {
    const Days days{read_day(from), read_day(to)};
    if (days.to < days.from) to.refuse("expected a day that is not before " + std::string(from.name()));
    return days;
}

}  // namespace engage::server::definitions
