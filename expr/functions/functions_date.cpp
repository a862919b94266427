#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

#include "expr/functions/formula_functions.hpp"
#include "expr/text/text.hpp"

namespace engage::expr::functions::formula {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year_month_day;

sys_days day_of(std::int64_t local_seconds) {
    return std::chrono::floor<days>(sys_seconds(std::chrono::seconds(local_seconds)));
}

/// The day of a date in the project's time zone.
std::optional<sys_days> date_of(const values::View& value, const values::TimeZone& zone) {
    if (value.is(values::Type::kDatetime)) return day_of(zone.to_local(value.as_datetime()));
    if (!value.is(values::Type::kString)) return std::nullopt;
    const auto seconds = values::parse_datetime(value.as_string(), zone);
    return seconds ? std::optional(day_of(zone.to_local(*seconds))) : std::nullopt;
}

int whole_months(const year_month_day& from, const year_month_day& to) {
    const auto between = static_cast<int>((to.year() / to.month() - from.year() / from.month()).count());
    return to.day() < from.day() ? between - 1 : between;
}

/// Days since the whole months ended: on the day of `from`, or on the last day of a month that is too short for it.
int days_beyond_months(const year_month_day& from, const year_month_day& to) {
    const auto month = from.year() / from.month() + months(whole_months(from, to));
    const auto end_of_month = (month / std::chrono::last).day();
    return static_cast<int>((sys_days(to) - sys_days(month / std::min(from.day(), end_of_month))).count());
}

/// Days since the day and month of `from` came last. The 29th of February counts as the 1st of March in other years.
int days_beyond_years(const year_month_day& from, const year_month_day& to) {
    const auto in_year = [&](std::chrono::year year) {
        return sys_days(year / from.month() / day(1)) + (from.day() - day(1));
    };
    const auto start = in_year(to.year());
    const auto end = sys_days(to);
    return static_cast<int>((end - (start <= end ? start : in_year(to.year() - std::chrono::years(1)))).count());
}

std::optional<int> difference(const year_month_day& from, const year_month_day& to, std::string_view unit) {
    constexpr int kMonthsPerYear = 12;
    if (text::equal_ignoring_case(unit, "D")) return static_cast<int>((sys_days(to) - sys_days(from)).count());
    if (text::equal_ignoring_case(unit, "M")) return whole_months(from, to);
    if (text::equal_ignoring_case(unit, "Y")) return whole_months(from, to) / kMonthsPerYear;
    if (text::equal_ignoring_case(unit, "MD")) return days_beyond_months(from, to);
    if (text::equal_ignoring_case(unit, "YM")) return whole_months(from, to) % kMonthsPerYear;
    if (text::equal_ignoring_case(unit, "YD")) return days_beyond_years(from, to);
    return std::nullopt;
}

}  // namespace

values::View datedif(Arguments arguments, const Environment& environment) {
    const auto from = date_of(arguments[0], environment.zone);
    const auto to = date_of(arguments[1], environment.zone);
    // The spreadsheets that the function comes from refuse dates in the wrong order.
    if (!from || !to || *to < *from || !arguments[2].is(values::Type::kString)) return {};
    const auto result = difference(*from, *to, arguments[2].as_string());
    return result ? values::View::number(*result) : values::View();
}

values::View today(Arguments arguments, const Environment& environment) {
    const auto now = static_cast<std::int64_t>(arguments[0].as_number());
    const std::chrono::seconds midnight = day_of(environment.zone.to_local(now)).time_since_epoch();
    return values::View::datetime(environment.zone.to_utc(midnight.count()));
}

}  // namespace engage::expr::functions::formula
