#include <catch2/catch.hpp>

#include "server/time/clock.hpp"
#include "server/time/time_text.hpp"

using namespace engage;
using namespace engage::server;
using namespace std::chrono_literals;

TEST_CASE("times are written in the recorded forms", "[time]") {
    const time::TimePoint time{1'783'098'602'939'191us};
    CHECK(time::format_computed_at(time) == "2026-07-03T17:10:02.939191+00:00");
    CHECK(time::format_computed_at(time::TimePoint{}) == "1970-01-01T00:00:00.000000+00:00");
    CHECK(time::format_instant(time) == "2026-07-03T17:10:02.939191Z");
    CHECK(time::format_instant(time::TimePoint{1s}) == "1970-01-01T00:00:01Z");
    CHECK(time::format_http_date(time::TimePoint(1'783'098'603'999'999us)) == "Fri, 03 Jul 2026 17:10:03 GMT");
    CHECK(time::format_http_date(time::TimePoint(-1us)) == "Wed, 31 Dec 1969 23:59:59 GMT");
    CHECK(time::format_elapsed(1'234'567us) == "1.234");
    CHECK(time::format_elapsed(-1s) == "0.000");
}

TEST_CASE("instants are read from ISO 8601 and from Unix seconds", "[time]") {
    CHECK(time::parse_instant("2026-07-03T17:10:02.939191Z") == time::TimePoint{1'783'098'602'939'191us});
    CHECK(time::parse_instant("2026-07-03T19:10:02+02:00") == time::TimePoint{1'783'098'602s});
    CHECK(time::parse_instant("1783098602.5") == time::TimePoint{1'783'098'602'500ms});
    CHECK(time::parse_instant("0") == time::TimePoint{});
    for (const auto* text : {"", "tomorrow", "2026-13-01", "inf", "nan", "1e300", "2026-07-03T25:00:00Z", "12abc"}) {
        CAPTURE(text);
        CHECK_FALSE(time::parse_instant(text));
    }
}

TEST_CASE("ISO 8601 durations are read", "[time]") {
    CHECK(time::parse_iso_duration("PT1H") == 1h);
    CHECK(time::parse_iso_duration("P1DT2H3M4.5S") == 24h + 2h + 3min + 4500ms);
    CHECK(time::parse_iso_duration("P1W") == 168h);
    CHECK(time::parse_iso_duration("-PT1M") == -1min);
    CHECK(time::parse_iso_duration("PT0.001S") == 1ms);
    for (const auto* text :
         {"", "P", "PT", "1H", "PT1", "P1M", "PT1D", "P1H", "PTH", "PT1HT1M", "PT1e3S", "PT..S", "P999999999999W"}) {
        CAPTURE(text);
        CHECK_FALSE(time::parse_iso_duration(text));
    }
}

TEST_CASE("a frozen clock stands until it is moved, a resumed one runs on from there", "[time]") {
    time::Clock clock(time::TimePoint{100s});
    CHECK(clock.is_frozen());
    CHECK(clock.now() == time::TimePoint{100s});
    CHECK(clock.advance(5s));
    CHECK(clock.now() == time::TimePoint{105s});
    clock.set(time::TimePoint{50s});
    CHECK(clock.now() == time::TimePoint{50s});
    clock.resume();
    CHECK_FALSE(clock.is_frozen());
    CHECK(clock.now() >= time::TimePoint{50s});
    CHECK(clock.now() < time::TimePoint{50s} + 1h);
    clock.freeze(time::TimePoint{7s});
    CHECK(clock.now() == time::TimePoint{7s});
    clock.reset();
    CHECK(clock.now() == time::TimePoint{100s});
}

TEST_CASE("a clock does not leave the years that it can show", "[time]") {
    time::Clock clock(time::TimePoint{1s});
    CHECK(clock.advance(-1s));
    CHECK_FALSE(clock.advance(-1us));
    CHECK(clock.now() == time::TimePoint{});
    const time::TimePoint end = std::chrono::sys_days(std::chrono::year{9999} / 12 / 31) + 24h;
    CHECK(clock.advance(end - clock.now() - 1us));
    CHECK(time::format_instant(clock.now()) == "9999-12-31T23:59:59.999999Z");
    CHECK_FALSE(clock.advance(1us));
    CHECK_FALSE(time::Clock::can_show(end));
}

TEST_CASE("a running clock can be advanced, set and frozen where it is", "[time]") {
    time::Clock clock;
    CHECK_FALSE(clock.is_frozen());
    const auto before = clock.now();
    CHECK(clock.advance(1h));
    CHECK(clock.now() >= before + 1h);
    clock.set(time::TimePoint{1h});
    CHECK(clock.now() >= time::TimePoint{1h});
    CHECK(clock.now() < time::TimePoint{2h});
    clock.freeze();
    const auto frozen = clock.now();
    CHECK(clock.now() == frozen);
}
