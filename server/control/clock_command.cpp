#include "server/control/clock_command.hpp"

#include <cmath>
#include <optional>

#include "server/http/bounded_json.hpp"
#include "server/time/time_text.hpp"

namespace engage::server::control {

namespace {

using nlohmann::json;
using Outcome = Expected<void, std::string>;

constexpr std::string_view kTimeExpected =
    "expected \"time\": an ISO 8601 time such as \"2026-09-01T00:00:00Z\" or Unix seconds";
constexpr std::string_view kOutOfRange = "the clock shows the years 1970 to 9999 only";
constexpr std::string_view kStepExpected =
    "expected one of \"seconds\": a number, \"milliseconds\": a number, \"duration\": an ISO 8601 duration such as "
    "\"PT1H\"";

Expected<json, std::string> parse_body(std::string_view body) {
    if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) return json::object();
    auto value = http::parse_bounded_json(body);
    if (!value || !value->is_object()) return unexpected<std::string>("expected a JSON object as body");
    return *std::move(value);
}

Outcome allow_keys(const json& body, std::initializer_list<std::string_view> allowed) {
    for (const auto& [key, value] : body.items())
        if (std::find(allowed.begin(), allowed.end(), key) == allowed.end())
            return unexpected("unknown key \"" + key + "\"");
    return {};
}

std::optional<time::TimePoint> time_of(const json& body) {
    const auto& value = body["time"];
    if (value.is_string()) return time::parse_instant(value.get<std::string>());
    return value.is_number() ? time::parse_instant(value.dump()) : std::nullopt;
}

std::optional<time::Duration> step_of(const json& body) {
    if (body.size() != 1) return std::nullopt;
    const auto& value = body.begin().value();
    if (body.contains("duration"))
        return value.is_string() ? time::parse_iso_duration(value.get<std::string>()) : std::nullopt;
    if (!value.is_number()) return std::nullopt;
    constexpr double kFarthest = 9e9;
    const auto seconds = value.get<double>() / (body.contains("milliseconds") ? 1000 : 1);
    if (std::abs(seconds) > kFarthest) return std::nullopt;
    return time::Duration{std::llround(seconds * 1e6)};
}

Outcome set_time(const json& body, bool is_required, void (*apply)(time::Clock&, std::optional<time::TimePoint>),
                 time::Clock& clock) {
    if (auto allowed = allow_keys(body, {"time"}); !allowed)
        return unexpected(allowed.error() + "; " + std::string(kTimeExpected));
    std::optional<time::TimePoint> time;
    if (body.contains("time") || is_required) {
        time = body.contains("time") ? time_of(body) : std::nullopt;
        if (!time) return unexpected(std::string(kTimeExpected));
        if (!time::Clock::can_show(*time)) return unexpected(std::string(kOutOfRange));
    }
    apply(clock, time);
    return {};
}

}  // namespace

Expected<void, std::string> run_clock_command(std::string_view command, std::string_view text, time::Clock& clock) {
    const auto body = parse_body(text);
    if (!body) return unexpected(body.error());
    if (command == "freeze")
        return set_time(
            *body, false, [](time::Clock& c, std::optional<time::TimePoint> time) { c.freeze(time); }, clock);
    if (command == "set")
        return set_time(
            *body, true, [](time::Clock& c, std::optional<time::TimePoint> time) { c.set(*time); }, clock);
    if (command == "advance") {
        if (auto allowed = allow_keys(*body, {"seconds", "milliseconds", "duration"}); !allowed)
            return unexpected(allowed.error() + "; " + std::string(kStepExpected));
        const auto step = step_of(*body);
        if (!step) return unexpected(std::string(kStepExpected));
        if (!clock.advance(*step)) return unexpected(std::string(kOutOfRange));
        return {};
    }
    if (command == "resume") {
        if (auto allowed = allow_keys(*body, {}); !allowed)
            return unexpected(allowed.error() + "; resume takes no keys");
        clock.resume();
        return {};
    }
    return unexpected("unknown clock command \"" + std::string(command) +
                      "\": expected freeze, advance, set or resume");
}

}  // namespace engage::server::control
