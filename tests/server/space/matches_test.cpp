#include "server/space/matches.hpp"

#include <catch2/catch.hpp>

using namespace engage;
using namespace engage::server;

namespace {

std::string shown(const space::Matches& matches, std::size_t begin, std::size_t end) {
    std::string text;
    for (const auto place : matches.places(begin, end))
        text += place.is_member() ? matches.without_profile[place.member()] + ' ' : std::to_string(place.row()) + ' ';
    return text;
}

}  // namespace

TEST_CASE("places are the rows in their order, then the members without a profile", "[matches]") {
    const space::Matches matches{space::RowSet({2, 5, 9}), {"x", "y"}, std::nullopt};
    CHECK(matches.total() == 5);
    CHECK(shown(matches, 0, 5) == "2 5 9 x y ");
    CHECK(shown(matches, 1, 4) == "5 9 x ");
    CHECK(shown(matches, 4, 5) == "y ");
    CHECK(shown(matches, 5, 5).empty());
}

TEST_CASE("an order says which places there are, and counts its bytes", "[matches]") {
    space::Matches matches{space::RowSet(), {"x", "y"}, std::nullopt};
    const auto before = matches.bytes();
    matches.order = std::vector{space::Place::member(1), space::Place::profile(7), space::Place::profile(0)};
    CHECK(matches.total() == 3);
    CHECK(shown(matches, 0, 3) == "y 7 0 ");
    CHECK(shown(matches, 1, 2) == "7 ");
    CHECK(matches.bytes() == before + 12);
}
