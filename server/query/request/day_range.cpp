#include "server/query/request/day_range.hpp"

#include <optional>
#include <string_view>

#include "expr/values/time_zone.hpp"
#include "server/catalogue/errors/endpoints.hpp"
#include "server/query/request/refusal.hpp"

namespace engage::server::query::request {

namespace {

constexpr std::int64_t kSecondsOfDay = 86'400;
constexpr std::string_view kForm = "YYYY-MM-DD";

Expected<std::int64_t, catalogue::ApiError> read_day(const http::Parameters& parameters, std::string_view name) {
    const auto text = parameters.text(name);
    if (text.empty()) return unexpected(catalogue::ApiError{catalogue::errors::kDateMissing, {std::string(name)}});
    const auto seconds =
        text.size() == kForm.size() ? expr::values::parse_datetime(text, expr::values::TimeZone()) : std::nullopt;
    if (!seconds) return unexpected(catalogue::ApiError{catalogue::errors::kBadDate, {std::string(name), shown(text)}});
    return day_of(*seconds);
}

}  // namespace

std::int64_t day_of(std::int64_t local_seconds) {
    const auto day = local_seconds / kSecondsOfDay;
    return local_seconds % kSecondsOfDay < 0 ? day - 1 : day;
}

std::string format_day(std::int64_t day) {
    return expr::values::format_datetime(day * kSecondsOfDay).substr(0, kForm.size());
}

Expected<DayRange, catalogue::ApiError> read_day_range(const http::Parameters& parameters) {
    const auto from = read_day(parameters, "from_date");
    if (!from) return unexpected(from.error());
    const auto to = read_day(parameters, "to_date");
    if (!to) return unexpected(to.error());
    if (*to < *from) return unexpected(refusal(catalogue::errors::kDatesReversed, parameters.text("to_date")));
    return DayRange{*from, *to};
}

}  // namespace engage::server::query::request
