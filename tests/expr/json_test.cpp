#include <array>
#include <catch2/catch.hpp>

#include "expr/json.hpp"
#include "expr/program.hpp"

using namespace engage::expr;

TEST_CASE("a value is written as compact JSON", "[expr][json]") {
    const TimeZone utc;
    const std::array items{View(),         View::null(),    View::boolean(false), View::number(-2.5),
                           View::list({}), View::object({})};
    const std::array members{Member{"b\"", View::list(items)}, Member{"a", View::string("é\n\x01\\")}};
    CHECK(to_json(View::object(members), utc) == R"({"b\"":[null,null,false,-2.5,[],{}],"a":"é\n\u0001\\"})");
}

TEST_CASE("a long value is written in part", "[expr][json]") {
    const std::string text(1000, '"');
    const std::array items{View::string("é"), View::string(text), View::number(1)};
    const std::array members{Member{"a", View::list(items)}};
    const auto value = View::object(members);
    CHECK(to_json(value, {}, 2000 + 17) == to_json(value, {}));
    CHECK(to_json(value, {}, 2000 + 16) == to_json(value, {}).substr(0, 2016) + "…");
    CHECK(to_json(value, {}, 14) == R"({"a":["é","\"…)");
    CHECK(to_json(value, {}, 8) == R"({"a":["…)");
    CHECK(to_json(value, {}, 0) == "…");
}

TEST_CASE("a datetime is written in the project's time", "[expr][json]") {
    CHECK(to_json(View::datetime(0), TimeZone()) == "\"1970-01-01T00:00:00\"");
    CHECK(to_json(View::datetime(0), TimeZone::find("US/Pacific").value()) == "\"1969-12-31T16:00:00\"");
}

TEST_CASE("numbers are plain up to 1e21 and read back as the same number", "[expr][json]") {
    const TimeZone utc;
    CHECK(to_json(View::number(1700000000000), utc) == "1700000000000");
    CHECK(to_json(View::number(9007199254740992), utc) == "9007199254740992");
    CHECK(to_json(View::number(999999999999999868928.0), utc) == "999999999999999868928");
    CHECK(to_json(View::number(1e21), utc) == "1e+21");
    CHECK(to_json(View::number(0.1 + 0.2), utc) == "0.30000000000000004");
    CHECK(to_json(View::number(-1.2345678901234567e-6), utc) == "-0.0000012345678901234567");
    CHECK(to_json(View::number(5e-324), utc) == "5e-324");
}
