#include "server/space/sessions.hpp"

#include <catch2/catch.hpp>

using namespace engage;
using namespace engage::server;
using namespace std::chrono_literals;

namespace {

space::SessionPtr make(const std::string& id, std::size_t rows = 0) {
    auto session = std::make_shared<space::Session>();
    session->id = id;
    auto matches = std::make_shared<space::Matches>();
    matches->rows = space::RowSet(std::vector<fixtures::profiles::RowIndex>(rows));
    session->matches = std::move(matches);
    return session;
}

}  // namespace

TEST_CASE("a session expires at its age, not a millisecond before", "[sessions]") {
    catalogue::Switches switches;
    REQUIRE(switches.set("session.ttl=10"));
    space::SessionStore store(switches);
    const auto age = GENERATE(9999ms, 10000ms, 10001ms);
    CAPTURE(age.count());
    store.keep(make("a"), time::TimePoint{});
    CHECK((store.find("a", time::TimePoint{age}) != nullptr) == (age < 10s));
}

TEST_CASE("an expired session is forgotten and its memory free", "[sessions]") {
    const catalogue::Switches switches;
    space::SessionStore store(switches);
    store.keep(make("a"), time::TimePoint{});
    CHECK(store.find("a", time::TimePoint{1h}) == nullptr);
    CHECK(store.size() == 0);
}

TEST_CASE("the least recently used session goes when there are too many", "[sessions]") {
    const catalogue::Switches switches;
    space::SessionStore store(switches, {.sessions = 3, .bytes = 1'000'000});
    for (const auto* id : {"a", "b", "c"}) store.keep(make(id), time::TimePoint{});
    CHECK(store.find("a", time::TimePoint{1s}) != nullptr);
    store.keep(make("d"), time::TimePoint{2s});
    CHECK(store.size() == 3);
    CHECK(store.find("a", time::TimePoint{3s}) != nullptr);
    CHECK(store.find("b", time::TimePoint{3s}) == nullptr);
    CHECK(store.find("d", time::TimePoint{3s}) != nullptr);
}

TEST_CASE("the least recently used session goes when the bytes run out", "[sessions]") {
    const catalogue::Switches switches;
    space::SessionStore store(switches, {.sessions = 100, .bytes = 10'000});
    store.keep(make("a", 1000), time::TimePoint{});
    store.keep(make("b", 1000), time::TimePoint{});
    CHECK(store.size() == 2);
    store.keep(make("c", 1000), time::TimePoint{});
    CHECK(store.size() == 2);
    CHECK(store.find("a", time::TimePoint{}) == nullptr);
    SECTION("one that alone is larger than the bound is kept until the next one") {
        store.keep(make("huge", 100'000), time::TimePoint{});
        CHECK(store.size() == 1);
        CHECK(store.find("huge", time::TimePoint{}) != nullptr);
        store.keep(make("d", 10), time::TimePoint{});
        CHECK(store.find("huge", time::TimePoint{}) == nullptr);
    }
}

TEST_CASE("matches that sessions share count once, until the last of these sessions is gone", "[sessions]") {
    const catalogue::Switches switches;
    space::SessionStore store(switches, {.sessions = 100, .bytes = 12'000});
    const auto shared = make("model", 2000)->matches;
    for (const auto* id : {"a", "b", "c", "d"}) {
        auto session = std::make_shared<space::Session>();
        session->id = id;
        session->matches = shared;
        store.keep(std::move(session), time::TimePoint{});
    }
    CHECK(store.size() == 4);
    store.keep(make("other", 1000), time::TimePoint{});
    CHECK(store.size() == 1);
    CHECK(store.find("other", time::TimePoint{}) != nullptr);
}

TEST_CASE("a page of a dropped session that is being sent stays whole", "[sessions]") {
    const catalogue::Switches switches;
    space::SessionStore store(switches);
    store.keep(make("a", 5), time::TimePoint{});
    const auto held = store.find("a", time::TimePoint{});
    store.reset();
    CHECK(store.size() == 0);
    CHECK(held->matches->total() == 5);
}

TEST_CASE("a session id is the start in Unix milliseconds and 32 hexadecimal digits", "[sessions]") {
    CHECK(space::make_session_id(time::TimePoint{1'783'098'602'920'191us}, "48ae025eb31982cf3de7614eeb0ae982") ==
          "1783098602920-48ae025eb31982cf3de7614eeb0ae982");
}
