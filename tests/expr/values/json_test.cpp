#include <array>
#include <catch2/catch.hpp>

#include "expr/evaluation/program.hpp"
#include "expr/values/json.hpp"

using namespace engage;
using namespace engage::expr;

TEST_CASE("a value is written as compact JSON", "[expr][json]") {
    const values::TimeZone utc;
    const std::array items{
        values::View(),         values::View::null(),    values::View::boolean(false), values::View::number(-2.5),
        values::View::list({}), values::View::object({})};
    const std::array members{values::Member{"b\"", values::View::list(items)},
                             values::Member{"a", values::View::string("é\n\x01\\")}};
    CHECK(values::to_json(values::View::object(members), utc) ==
          R"({"b\"":[null,null,false,-2.5,[],{}],"a":"é\n\u0001\\"})");
}

TEST_CASE("a long value is written in part", "[expr][json]") {
    const std::string text(1000, '"');
    const std::array items{values::View::string("é"), values::View::string(text), values::View::number(1)};
    const std::array members{values::Member{"a", values::View::list(items)}};
    const auto value = values::View::object(members);
    CHECK(values::to_json(value, {}, 2000 + 17) == values::to_json(value, {}));
    CHECK(values::to_json(value, {}, 2000 + 16) == values::to_json(value, {}).substr(0, 2016) + "…");
    CHECK(values::to_json(value, {}, 14) == R"({"a":["é","\"…)");
    CHECK(values::to_json(value, {}, 8) == R"({"a":["…)");
    CHECK(values::to_json(value, {}, 0) == "…");
}

TEST_CASE("a datetime is written in the project's time", "[expr][json]") {
    CHECK(values::to_json(values::View::datetime(0), values::TimeZone()) == "\"1970-01-01T00:00:00\"");
    CHECK(values::to_json(values::View::datetime(0), values::TimeZone::find("US/Pacific").value()) ==
          "\"1969-12-31T16:00:00\"");
}

TEST_CASE("numbers are plain up to 1e21 and read back as the same number", "[expr][json]") {
    const values::TimeZone utc;
    CHECK(values::to_json(values::View::number(1700000000000), utc) == "1700000000000");
    CHECK(values::to_json(values::View::number(9007199254740992), utc) == "9007199254740992");
    CHECK(values::to_json(values::View::number(999999999999999868928.0), utc) == "999999999999999868928");
    CHECK(values::to_json(values::View::number(1e21), utc) == "1e+21");
    CHECK(values::to_json(values::View::number(0.1 + 0.2), utc) == "0.30000000000000004");
    CHECK(values::to_json(values::View::number(-1.2345678901234567e-6), utc) == "-0.0000012345678901234567");
    CHECK(values::to_json(values::View::number(5e-324), utc) == "5e-324");
}
