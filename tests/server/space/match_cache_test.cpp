#include "server/space/match_cache.hpp"

#include <catch2/catch.hpp>

using namespace engage;
using namespace engage::server;

namespace {

space::MatchesPtr rows(std::size_t count) {
    auto matches = std::make_shared<space::Matches>();
    matches->rows = space::RowSet(std::vector<fixtures::profiles::RowIndex>(count));
    return matches;
}

}  // namespace

TEST_CASE("a query's matches are found again until room is needed; the least recently used goes first", "[matches]") {
    constexpr std::size_t kMostBytes = 10'000;
    space::MatchCache cache(kMostBytes);
    const auto first = rows(1000);
    cache.keep("a", first);
    cache.keep("b", rows(1000));
    CHECK(cache.find("a") == first);
    cache.keep("c", rows(1000));
    CHECK(cache.find("a") == first);
    CHECK(cache.find("b") == nullptr);
    CHECK(cache.find("c") != nullptr);
}

TEST_CASE("matches that exceed the whole room are not kept and drive nothing out", "[matches]") {
    space::MatchCache cache(10'000);
    cache.keep("small", rows(10));
    cache.keep("large", rows(100'000));
    CHECK(cache.find("large") == nullptr);
    CHECK(cache.find("small") != nullptr);
}

TEST_CASE("a query that is kept twice counts once", "[matches]") {
    space::MatchCache cache(10'000);
    for (int i = 0; i < 10; ++i) cache.keep("a", rows(500));
    cache.keep("b", rows(500));
    CHECK(cache.find("a") != nullptr);
    CHECK(cache.find("b") != nullptr);
    cache.reset();
    CHECK(cache.find("a") == nullptr);
}
