#include "expr/spelling.hpp"

#include <array>
#include <catch2/catch.hpp>

using engage::expr::nearest;
using engage::expr::suggestion;

TEST_CASE("the nearest word is a slip of the finger away", "[expr][spelling]") {
    constexpr std::array<std::string_view, 4> kKnown{"pro", "free", "enterprise", "$email"};
    CHECK(nearest("pro", kKnown) == "pro");
    CHECK(nearest("por", kKnown) == "pro");
    CHECK(nearest("prp", kKnown) == "pro");
    CHECK(nearest("fre", kKnown) == "free");
    CHECK(nearest("$emial", kKnown) == "$email");
    CHECK(nearest("enterprsie", kKnown) == "enterprise");
    CHECK(nearest("entrprsie", kKnown) == "enterprise");
    CHECK(nearest("entrprsi", kKnown).empty());
    CHECK(nearest("gold", kKnown).empty());
    CHECK(nearest("po", kKnown) == "pro");
    CHECK(nearest("p", kKnown).empty());
    CHECK(nearest("", kKnown).empty());
    CHECK(nearest(std::string(65, 'x'), kKnown).empty());
    CHECK(nearest("pro", {}).empty());
}

TEST_CASE("a suggestion is the end of a message", "[expr][spelling]") {
    constexpr std::array<std::string_view, 1> kKnown{"where"};
    CHECK(suggestion("were", kKnown) == "; did you mean 'where'?");
    CHECK(suggestion("selector", kKnown).empty());
}
