#include "expr/values/time_zone.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace engage;
using namespace engage::expr;

namespace {

values::TimeZone zone(const char* name) { return values::TimeZone::find(name).value(); }

std::int64_t seconds_of(const char* utc) { return values::parse_datetime(utc, values::TimeZone()).value(); }

std::string to_utc(const char* name, const char* local) {
    return values::format_datetime(zone(name).to_utc(seconds_of(local)));
}
std::string to_local(const char* name, const char* utc) {
    return values::format_datetime(zone(name).to_local(seconds_of(utc)));
}

}  // namespace

TEST_CASE("a zone keeps the name that was asked for", "[expr][time_zone]") {
    CHECK(values::TimeZone().name() == "UTC");
    CHECK(zone("Etc/UTC").name() == "Etc/UTC");
    CHECK(zone("US/Pacific").name() == "US/Pacific");
}

TEST_CASE("local time follows the zone's clock changes", "[expr][time_zone]") {
    CHECK(to_local("US/Pacific", "2026-01-15T12:00:00") == "2026-01-15T04:00:00");
    CHECK(to_local("US/Pacific", "2026-07-15T12:00:00") == "2026-07-15T05:00:00");
    CHECK(to_local("Asia/Kolkata", "2026-07-15T12:00:00") == "2026-07-15T17:30:00");
    CHECK(to_local("UTC", "2026-07-15T12:00:00") == "2026-07-15T12:00:00");
    CHECK(to_utc("US/Pacific", "2026-01-15T04:00:00") == "2026-01-15T12:00:00");
    CHECK(to_utc("Europe/Berlin", "2026-07-15T12:00:00") == "2026-07-15T10:00:00");
}

// In 2026 the clocks of US/Pacific go forward on March 8 at 2:00 and back on November 1 at 2:00.
TEST_CASE("a local time that the clocks skip takes the earlier reading", "[expr][time_zone]") {
    CHECK(to_utc("US/Pacific", "2026-03-08T01:59:59") == "2026-03-08T09:59:59");
    CHECK(to_utc("US/Pacific", "2026-03-08T02:30:00") == "2026-03-08T09:30:00");
    CHECK(to_utc("US/Pacific", "2026-03-08T03:00:00") == "2026-03-08T10:00:00");
}

TEST_CASE("a local time that the clocks repeat takes the earlier reading", "[expr][time_zone]") {
    CHECK(to_utc("US/Pacific", "2026-11-01T00:59:59") == "2026-11-01T07:59:59");
    CHECK(to_utc("US/Pacific", "2026-11-01T01:30:00") == "2026-11-01T08:30:00");
    CHECK(to_utc("US/Pacific", "2026-11-01T02:00:00") == "2026-11-01T10:00:00");
}

TEST_CASE("a name that is no zone is refused", "[expr][time_zone]") {
    const auto* name = GENERATE("US/Nowhere", "", "../../../etc/passwd", "/etc/passwd", "US", "zone.tab", "us pacific");
    const auto found = values::TimeZone::find(name);
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error() == "unknown time zone \"" + std::string(name) + "\", expected a name such as US/Pacific");
}

TEST_CASE("names of UTC need no database", "[expr][time_zone]") {
    const auto* name = GENERATE("UTC", "Etc/UTC", "GMT", "Zulu");
    const auto found = values::TimeZone::find(name);
    REQUIRE(found.has_value());
    CHECK(found->to_local(1'700'000'000) == 1'700'000'000);
    CHECK(found->to_utc(1'700'000'000) == 1'700'000'000);
}

TEST_CASE("seconds are written as a date of four-digit years", "[expr][time_zone]") {
    CHECK(values::format_datetime(0) == "1970-01-01T00:00:00");
    CHECK(values::format_datetime(-1) == "1969-12-31T23:59:59");
    CHECK(values::format_datetime(1709210096) == "2024-02-29T12:34:56");
    CHECK(values::format_datetime(253402300799) == "9999-12-31T23:59:59");
}

TEST_CASE("a date without an offset is read in the zone, one with an offset is not", "[expr][time_zone]") {
    const auto pacific = zone("US/Pacific");
    CHECK(values::parse_datetime("2026-09-01", pacific) == seconds_of("2026-09-01T07:00:00"));
    CHECK(values::parse_datetime("2026-09-01T00:00:00Z", pacific) == seconds_of("2026-09-01T00:00:00"));
    CHECK(values::parse_datetime("2026-09-01T00:00:00.999-05:00", pacific) == seconds_of("2026-09-01T05:00:00"));
    CHECK_FALSE(values::parse_datetime("yesterday", pacific).has_value());
}
