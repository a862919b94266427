#include "server/control/clock_command.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "expr/values/children.hpp"
#include "server/control/control_body.hpp"
#include "server/time/time_text.hpp"

namespace engage::server::control {

namespace {

using expr::values::Cursor;
using expr::values::Type;
using Outcome = Expected<void, std::string>;

constexpr std::string_view kTimeExpected =
    "expected \"time\": an ISO 8601 time such as \"2026-09-01T00:00:00Z\" or Unix seconds";
constexpr std::string_view kOutOfRange = "the clock shows the years 1970 to 9999 only";
constexpr std::string_view kStepExpected =
    "expected one of \"seconds\": a number, \"milliseconds\": a number, \"duration\": an ISO 8601 duration such as "
    "\"PT1H\"";

Outcome allow_keys(const Cursor& body, std::initializer_list<std::string_view> allowed) {
    for (const auto& member : expr::values::Children(body))
        if (std::find(allowed.begin(), allowed.end(), member.name()) == allowed.end())
            return unexpected("unknown key \"" + std::string(member.name()) + "\"");
    return {};
}

std::optional<time::TimePoint> time_of(const Cursor& value) {
    if (value.is(Type::kString)) return time::parse_instant(std::string(value.as_string()));
    return value.is(Type::kNumber) ? time::parse_instant(std::string(value.json())) : std::nullopt;
}

std::optional<time::Duration> step_of(const Cursor& body) {
    if (body.size() != 1) return std::nullopt;
    const auto value = body.first();
    if (value.name() == "duration")
        return value.is(Type::kString) ? time::parse_iso_duration(std::string(value.as_string())) : std::nullopt;
    if (!value.is(Type::kNumber)) return std::nullopt;
    constexpr double kFarthest = 9e9;
    const auto seconds = value.as_number() / (value.name() == "milliseconds" ? 1000 : 1);
    if (std::abs(seconds) > kFarthest) return std::nullopt;
    return time::Duration{std::llround(seconds * 1e6)};
}

Outcome set_time(const Cursor& body, bool is_required, void (*apply)(time::Clock&, std::optional<time::TimePoint>),
                 time::Clock& clock) {
    if (auto allowed = allow_keys(body, {"time"}); !allowed)
        return unexpected(allowed.error() + "; " + std::string(kTimeExpected));
    std::optional<time::TimePoint> time;
    if (body["time"].is_present() || is_required) {
        time = time_of(body["time"]);
        if (!time) return unexpected(std::string(kTimeExpected));
        if (!time::Clock::can_show(*time)) return unexpected(std::string(kOutOfRange));
    }
    apply(clock, time);
    return {};
}

}  // namespace

Expected<void, std::string> run_clock_command(std::string_view command, std::string_view text, time::Clock& clock) {
    const bool is_blank = text.find_first_not_of(" \t\r\n") == std::string_view::npos;
    const auto document = read_control_body(is_blank ? "{}" : text);
    if (!document) return unexpected(document.error());
    const Cursor body(*document);
    if (command == "freeze")
        return set_time(
            body, false, [](time::Clock& c, std::optional<time::TimePoint> time) { c.freeze(time); }, clock);
    if (command == "set")
        return set_time(
            body, true, [](time::Clock& c, std::optional<time::TimePoint> time) { c.set(*time); }, clock);
    if (command == "advance") {
        if (auto allowed = allow_keys(body, {"seconds", "milliseconds", "duration"}); !allowed)
            return unexpected(allowed.error() + "; " + std::string(kStepExpected));
        const auto step = step_of(body);
        if (!step) return unexpected(std::string(kStepExpected));
        if (!clock.advance(*step)) return unexpected(std::string(kOutOfRange));
        return {};
    }
    if (command == "resume") {
        if (auto allowed = allow_keys(body, {}); !allowed)
            return unexpected(allowed.error() + "; resume takes no keys");
        clock.resume();
        return {};
    }
    return unexpected("unknown clock command \"" + std::string(command) +
                      "\": expected freeze, advance, set or resume");
}

}  // namespace engage::server::control
