#include "expr/text/spelling.hpp"

#include <array>
#include <catch2/catch.hpp>

using engage::expr::text::nearest;
using engage::expr::text::suggestion;

TEST_CASE("the nearest word is a slip of the finger away", "[expr][spelling]") {
    constexpr std::array<std::string_view, 4> kKnown{"pro", "free", "enterprise", "$email"};
    CHECK(engage::expr::text::nearest("pro", kKnown) == "pro");
    CHECK(engage::expr::text::nearest("por", kKnown) == "pro");
    CHECK(engage::expr::text::nearest("prp", kKnown) == "pro");
    CHECK(engage::expr::text::nearest("fre", kKnown) == "free");
    CHECK(engage::expr::text::nearest("$emial", kKnown) == "$email");
    CHECK(engage::expr::text::nearest("enterprsie", kKnown) == "enterprise");
    CHECK(engage::expr::text::nearest("entrprsie", kKnown) == "enterprise");
    CHECK(engage::expr::text::nearest("entrprsi", kKnown).empty());
    CHECK(engage::expr::text::nearest("gold", kKnown).empty());
    CHECK(engage::expr::text::nearest("po", kKnown) == "pro");
    CHECK(engage::expr::text::nearest("p", kKnown).empty());
    CHECK(engage::expr::text::nearest("", kKnown).empty());
    CHECK(engage::expr::text::nearest(std::string(65, 'x'), kKnown).empty());
    CHECK(engage::expr::text::nearest("pro", {}).empty());
}

TEST_CASE("a suggestion is the end of a message", "[expr][spelling]") {
    constexpr std::array<std::string_view, 1> kKnown{"where"};
    CHECK(engage::expr::text::suggestion("were", kKnown) == "; did you mean 'where'?");
    CHECK(engage::expr::text::suggestion("selector", kKnown).empty());
}
