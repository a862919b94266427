#include <catch2/catch.hpp>

#include "tests/support/advice_file.hpp"

using namespace engage;
using namespace engage::test;

namespace {

std::string problem(const std::string& text) {
    try {
        test::parse_advice(text, "x.case");
    } catch (const test::DataError& error) {
        return error.what();
    }
    return "none";
}

}  // namespace

TEST_CASE("a case of advice has an expression, profiles and lines of advice", "[explain][advice]") {
    const auto cases =
        test::parse_advice("# comment\n\n1\nx = 5 | - | \"a b\"\n* one\n* two\n\n2\ndemo\nnothing\n", "x.case");
    REQUIRE(cases.size() == 2);
    CHECK(cases[0].where == "1");
    CHECK(cases[0].advice == "* one\n* two\n");
    CHECK(test::values_of(cases[0]) == std::vector<std::string>{"5", "-", "\"a b\""});
    CHECK(cases[1].at.text() == "x.case:8");
    CHECK(cases[1].profiles == "demo");
    CHECK(cases[1].advice.empty());
}

TEST_CASE("what is no case of advice is refused", "[explain][advice]") {
    const std::string advice = "expected advice behind \"* \", or the one line nothing, found ";
    const std::string profiles = "x.case:2: expected x = VALUE | VALUE, or demo, found ";
    CHECK(problem("") == "x.case:1: expected a case, found the end");
    CHECK(problem("# comment\n\n") == "x.case:2: expected a case, found the end");
    CHECK(problem("\n1\nx = 5\n\n") ==
          "x.case:2: expected the expression, the profiles, and lines of advice or nothing");
    CHECK(problem("1\n* one\n* two\n") == profiles + "\"* one\"");
    CHECK(problem("1\nDemo\nnothing\n") == profiles + "\"Demo\"");
    CHECK(problem("1\ny = 5\nnothing\n") == profiles + "\"y = 5\"");
    CHECK(problem("1\nx = 5 | b\nnothing\n") == "x.case:2: expected a JSON value or -, found \"b\"");
    CHECK(problem("1\nx = 5 |\nnothing\n") == "x.case:2: expected a JSON value or -, found \"5 |\"");
    CHECK(problem("1\nx = \nnothing\n") == "x.case:2: expected a JSON value or -, found nothing");
    CHECK(problem("1\nx = 5\n*one\n") == "x.case:3: " + advice + "\"*one\"");
    CHECK(problem("1\nx = 5\n* one\nx = 6\n") == "x.case:4: " + advice + "\"x = 6\"");
    CHECK(problem("1\nx = 5\n* one\nnothing\n") == "x.case:4: " + advice + "\"nothing\"");
    CHECK(problem("1\nx = 5\n* one\n# two\n") == "x.case:4: " + advice + "\"# two\"");
}
