#include "server/definitions/event_days.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "expr/text/parse_whole.hpp"

namespace engage::server::definitions {

namespace {

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

Days read_days(const expr::values::Cursor& behavior) {
    const Days days{read_day(behavior.required("from_date")), read_day(behavior.required("to_date"))};
    if (days.to < days.from) behavior["to_date"].refuse("expected a day that is not before from_date");
    return days;
}

}  // namespace engage::server::definitions
