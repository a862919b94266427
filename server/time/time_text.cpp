#include "server/time/time_text.hpp"

#include <array>
#include <cmath>
#include <ctime>

#include "expr/text/parse_whole.hpp"
#include "expr/values/time_zone.hpp"

namespace engage::server::time {

namespace {

using std::chrono::seconds;

std::string padded(long long number, int width) {
    auto text = std::to_string(number);
    return text.size() < static_cast<std::size_t>(width)
               ? std::string(static_cast<std::size_t>(width) - text.size(), '0') + text
               : text;
}

/// The digits after the point of the seconds, as microseconds.
Duration fraction_of(std::string_view text) {
    const auto point = text.find('.');
    long long micros = 0;
    long long unit = 100'000;
    for (auto i = point; point != std::string_view::npos && ++i < text.size() && text[i] >= '0' && text[i] <= '9';
         unit /= 10)
        micros += (text[i] - '0') * unit;
    return Duration{micros};
}

std::optional<double> parse_number(std::string_view text) {
    const auto number = expr::text::parse_whole<double>(text);
    return number && std::isfinite(*number) ? number : std::nullopt;
}

/// Nothing beyond some 290 years, where the arithmetic of a TimePoint would overflow.
std::optional<Duration> from_seconds(double value) {
    constexpr double kFarthest = 9e9;
    if (std::abs(value) > kFarthest) return std::nullopt;
    return Duration{std::llround(value * 1e6)};
}

double seconds_per_unit(char unit, bool in_time) {
    switch (unit) {
        case 'W':
            return in_time ? 0 : 604'800;
        case 'D':
            return in_time ? 0 : 86'400;
        case 'H':
            return in_time ? 3'600 : 0;
        case 'M':
            return in_time ? 60 : 0;  // A month has no fixed length.
        case 'S':
            return in_time ? 1 : 0;
        default:
            return 0;
    }
}

}  // namespace

std::string format_computed_at(TimePoint time) {
    const auto whole = std::chrono::floor<seconds>(time);
    return expr::values::format_datetime(whole.time_since_epoch().count()) + "." + padded((time - whole).count(), 6) +
           "+00:00";
}

std::string format_instant(TimePoint time) {
    const auto whole = std::chrono::floor<seconds>(time);
    const auto text = expr::values::format_datetime(whole.time_since_epoch().count());
    return time == whole ? text + "Z" : text + "." + padded((time - whole).count(), 6) + "Z";
}

std::string format_elapsed(Duration elapsed) {
    const auto milliseconds = std::max<long long>(0, elapsed.count() / 1000);
    return std::to_string(milliseconds / 1000) + "." + padded(milliseconds % 1000, 3);
}

std::string format_http_date(TimePoint time) {
    const std::time_t whole = std::chrono::floor<seconds>(time).time_since_epoch().count();
    std::tm parts{};
    gmtime_r(&whole, &parts);
    std::array<char, sizeof "Fri, 03 Jul 2026 17:10:03 GMT"> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %T GMT", &parts)};
}

std::optional<TimePoint> parse_instant(std::string_view text) {
    if (const auto number = parse_number(text)) {
        const auto since_epoch = from_seconds(*number);
        return since_epoch ? std::optional(TimePoint(*since_epoch)) : std::nullopt;
    }
    const auto instant = expr::values::parse_datetime(text, expr::values::TimeZone{});
    if (!instant) return std::nullopt;
    return TimePoint(seconds(*instant)) + fraction_of(text);
}

std::optional<Duration> parse_iso_duration(std::string_view text) {
    double sign = 1;
    if (!text.empty() && text.front() == '-') sign = -1, text.remove_prefix(1);
    if (text.size() < 3 || text.front() != 'P') return std::nullopt;
    text.remove_prefix(1);
    double total = 0;
    bool in_time = false;
    while (!text.empty()) {
        if (text.front() == 'T' && !in_time && text.size() > 1) {
            in_time = true;
            text.remove_prefix(1);
        }
        const auto digits = text.find_first_not_of("0123456789.");
        if (digits == 0 || digits == std::string_view::npos) return std::nullopt;
        const auto amount = parse_number(text.substr(0, digits));
        const auto unit = seconds_per_unit(text[digits], in_time);
        if (!amount || unit == 0) return std::nullopt;
        total += *amount * unit;
        text.remove_prefix(digits + 1);
    }
    return from_seconds(sign * total);
}

}  // namespace engage::server::time
