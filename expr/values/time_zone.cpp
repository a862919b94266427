#include "expr/values/time_zone.hpp"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <fstream>
#include <mutex>

#include "expr/text/text.hpp"

namespace engage::expr::values {
namespace {

using std::chrono::seconds;

constexpr std::string_view kDatabase = "/usr/share/zoneinfo/";
constexpr std::array<std::string_view, 12> kNamesOfUtc{"UTC",       "Etc/UTC",       "UCT",       "Etc/UCT",
                                                       "Zulu",      "Etc/Zulu",      "GMT",       "Etc/GMT",
                                                       "Universal", "Etc/Universal", "Greenwich", "Etc/Greenwich"};

/// Names are file names below the database folder: nothing else may be opened.
bool is_zone_name(std::string_view name) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
               c == '-' || c == '+';
    };
    return !name.empty() && name.front() != '/' && std::all_of(name.begin(), name.end(), allowed);
}

/// The library would end the process on a file that is none.
bool is_zone_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::array<char, 4> magic{};
    return file.read(magic.data(), magic.size()) && std::string_view(magic.data(), magic.size()) == "TZif";
}

/// Reads a date from left to right; each member says whether it found what it looked for.
class DateReader {
public:
    explicit DateReader(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }
    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    /// Exactly `count` digits, a number from `least` to `most`.
    bool number(std::size_t count, int least, int most, int& value) {
        if (rest_.size() < count ||
            !std::all_of(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(count), text::is_digit))
            return false;
        std::from_chars(rest_.data(), rest_.data() + count, value);
        rest_.remove_prefix(count);
        return value >= least && value <= most;
    }
    bool fraction() {
        const auto end = std::find_if_not(rest_.begin(), rest_.end(), text::is_digit);
        if (end == rest_.begin()) return false;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.begin()));
        return true;
    }

private:
    std::string_view rest_;
};

bool read_day(DateReader& in, date::sys_days& day) {
    int year = 0;
    int month = 0;
    int day_of_month = 0;
    if (!in.number(4, 0, 9999, year) || !in.take('-') || !in.number(2, 1, 12, month) || !in.take('-') ||
        !in.number(2, 1, 31, day_of_month))
        return false;
    const date::year_month_day date{date::year(year), date::month(static_cast<unsigned>(month)),
                                    date::day(static_cast<unsigned>(day_of_month))};
    day = date::sys_days(date);
    return date.ok();
}

bool read_time(DateReader& in, seconds& time) {
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (!in.number(2, 0, 23, hour) || !in.take(':') || !in.number(2, 0, 59, minute)) return false;
    if (in.take(':')) {
        if (!in.number(2, 0, 59, second)) return false;
        if (in.take('.') && !in.fraction()) return false;
    }
    time = std::chrono::hours(hour) + std::chrono::minutes(minute) + seconds(second);
    return true;
}

/// `Z`, `±HH:MM` or nothing.
bool read_offset(DateReader& in, std::optional<seconds>& offset) {
    if (in.at_end()) return true;
    if (in.take('Z')) {
        offset = seconds(0);
        return in.at_end();
    }
    const auto is_west = in.take('-');
    if (!is_west && !in.take('+')) return false;
    int hour = 0;
    int minute = 0;
    if (!in.number(2, 0, 23, hour) || !in.take(':') || !in.number(2, 0, 59, minute)) return false;
    const seconds distance = std::chrono::hours(hour) + std::chrono::minutes(minute);
    offset = is_west ? -distance : distance;
    return in.at_end();
}

}  // namespace

/// The library's zone, looked up when it is first asked for: the look-up reads the whole list of zones.
class TimeZone::Rules {
public:
    explicit Rules(std::string name) : name_(std::move(name)) {}
    const date::time_zone& zone() {
        std::call_once(once_, [this] { zone_ = date::locate_zone(name_); });
        return *zone_;
    }

private:
    const std::string name_;
    std::once_flag once_;
    const date::time_zone* zone_ = nullptr;
};

Expected<TimeZone, std::string> TimeZone::find(std::string_view name) {
    TimeZone found;
    found.name_ = name;
    if (std::find(kNamesOfUtc.begin(), kNamesOfUtc.end(), name) != kNamesOfUtc.end()) return found;
    const auto unknown = "unknown time zone \"" + found.name_ + "\", expected a name such as US/Pacific";
    if (!is_zone_name(name)) return unexpected(unknown);
    const auto folder = std::string(kDatabase);
    if (!is_zone_file(folder + found.name_)) {
        if (is_zone_file(folder + "UTC")) return unexpected(unknown);
        return unexpected("no time zone database in " + folder + ": install tzdata, or use UTC instead of \"" +
                          found.name_ + '"');
    }
    found.rules_ = std::make_shared<Rules>(found.name_);
    return found;
}

std::int64_t TimeZone::to_utc(std::int64_t local_seconds) const {
    if (!rules_) return local_seconds;
    const auto info = rules_->zone().get_info(date::local_seconds(seconds(local_seconds)));
    auto offset = info.first.offset;
    if (info.result != date::local_info::unique) offset = std::max(offset, info.second.offset);
    return local_seconds - offset.count();
}

std::int64_t TimeZone::to_local(std::int64_t utc_seconds) const {
    if (!rules_) return utc_seconds;
    return utc_seconds + rules_->zone().get_info(date::sys_seconds(seconds(utc_seconds))).offset.count();
}

std::string format_datetime(std::int64_t instant) {
    const date::sys_seconds time{seconds(instant)};
    const auto day = date::floor<date::days>(time);
    const date::year_month_day date(day);
    const date::hh_mm_ss clock(time - day);
    std::string text = "0000-00-00T00:00:00";
    const auto put = [&](std::size_t at, std::size_t width, std::int64_t value) {
        for (; width > 0; --width, value /= 10) text[at + width - 1] = static_cast<char>('0' + value % 10);
    };
    put(0, 4, static_cast<int>(date.year()));
    put(5, 2, static_cast<unsigned>(date.month()));
    put(8, 2, static_cast<unsigned>(date.day()));
    put(11, 2, clock.hours().count());
    put(14, 2, clock.minutes().count());
    put(17, 2, clock.seconds().count());
    return text;
}

bool has_date(std::int64_t seconds, const TimeZone& zone) {
    constexpr std::int64_t kFirst = -62'135'596'800;  // 0001-01-01T00:00:00
    constexpr std::int64_t kLast = 253'402'300'799;   // 9999-12-31T23:59:59
    constexpr std::int64_t kDay = 24 * 60 * 60;
    // Zones are asked at the ends only: it takes time.
    if (seconds >= kFirst + kDay && seconds <= kLast - kDay) return true;
    const auto is_within = [](std::int64_t at) { return at >= kFirst && at <= kLast; };
    return is_within(seconds) && is_within(zone.to_local(seconds));
}

std::optional<std::int64_t> parse_datetime(std::string_view text, const TimeZone& zone) {
    DateReader in(text);
    date::sys_days day;
    seconds time{0};
    std::optional<seconds> offset;
    if (!read_day(in, day)) return std::nullopt;
    if (!in.at_end()) {
        if (!in.take('T') && !in.take(' ')) return std::nullopt;
        if (!read_time(in, time) || !read_offset(in, offset)) return std::nullopt;
    }
    const auto wall = seconds(day.time_since_epoch()) + time;
    const auto instant = offset ? (wall - *offset).count() : zone.to_utc(wall.count());
    return has_date(instant, zone) ? std::optional(instant) : std::nullopt;
}

}  // namespace engage::expr::values
