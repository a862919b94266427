#include <catch2/catch.hpp>
#include <chrono>
#include <vector>

#include "tests/support/served_app.hpp"
#include "tests/support/socket_client.hpp"

using namespace engage;
using namespace engage::test;

namespace {

const std::string kHugeQuery = test::get("/api/query/engage?project_id=7&page_size=4000");
const std::string kSmallQuery = test::get("/api/query/engage?project_id=7&distinct_id=u1");
constexpr int kSmallBuffer = 4096;

/// 16 MB: four times what the kernel buffers for a client that does not read.
test::ServedOptions limited() {
    test::ServedOptions options{.profiles = test::large_profiles(4000, 4096)};
    options.settings.rate_limited = true;
    return options;
}

/// Clients that have begun to receive a huge answer and read no further: each holds a slot of the five.
std::vector<test::SocketClient> hold_five_slots(int port) {
    std::vector<test::SocketClient> holders;
    for (int i = 0; i < 5; ++i) {
        auto& holder = holders.emplace_back(port, kSmallBuffer);
        REQUIRE(holder.send(kHugeQuery));
        holder.await_input();
    }
    return holders;
}

/// Asks until that is the usage or the patience has an end.
bool usage_becomes(int port, const std::string& expected) {
    test::SocketClient client(port);
    const auto deadline = std::chrono::steady_clock::now() + test::SocketClient::kPatience;
    std::string usage;
    while (usage != expected && std::chrono::steady_clock::now() < deadline)
        usage = client.ask(test::get("/__admin/limits")).body;
    return usage == expected;
}

}  // namespace

TEST_CASE("a query keeps its slot until its answer is sent: the sixth is refused, the control plane answers",
          "[wire][slots]") {
    const test::ServedApp served(limited());
    auto holders = hold_five_slots(served.port());
    test::SocketClient sixth(served.port());
    CHECK(sixth.ask(test::get("/__admin/limits")).body == R"({"limits":[{"project_id":7,"last_hour":5,"running":5}]})");
    const auto refusal = sixth.ask(kSmallQuery);
    CHECK(refusal.status == 429);
    CHECK(refusal.body == R"({"error": "Query rate limit exceeded for project_id: 7. )"
                          R"(This request exceeded the concurrency limit (6/5 queries running concurrently)."})");
    CHECK(refusal.header("retry-after") == "10");
    CHECK(sixth.ask(test::get("/__admin/health")).status == 200);
    CHECK(sixth.ask(test::get("/readyz")).body == "ready\n");

    // The first one reads on, and its slot is free.
    CHECK(holders.front().receive().body.size() > 16'000'000);
    CHECK(usage_becomes(served.port(), R"({"limits":[{"project_id":7,"last_hour":5,"running":4}]})"));
    CHECK(sixth.ask(kSmallQuery).status == 200);
}

TEST_CASE("the slots of clients that went away are free again", "[wire][slots]") {
    const test::ServedApp served(limited());
    auto holders = hold_five_slots(served.port());
    for (std::size_t i = 0; i < 3; ++i) holders[i].abort();
    holders.clear();
    CHECK(usage_becomes(served.port(), R"({"limits":[{"project_id":7,"last_hour":5,"running":0}]})"));
    test::SocketClient next(served.port());
    CHECK(next.ask(kSmallQuery).status == 200);
}

TEST_CASE("the slot of a client that stops reading is free when its time is over", "[wire][slots]") {
    auto options = limited();
    options.limits.io_timeout = std::chrono::milliseconds{50};
    const test::ServedApp served(std::move(options));
    const auto holders = hold_five_slots(served.port());
    CHECK(usage_becomes(served.port(), R"({"limits":[{"project_id":7,"last_hour":5,"running":0}]})"));
}

TEST_CASE("a query that is answered with an error gives its slot back at once", "[wire][slots]") {
    const test::ServedApp served(limited());
    test::SocketClient client(served.port());
    for (int i = 0; i < 12; ++i)
        REQUIRE(client.ask(test::get("/api/query/engage?project_id=7&where=%28")).status == 400);
    CHECK(client.ask(test::get("/__admin/limits")).body ==
          R"({"limits":[{"project_id":7,"last_hour":12,"running":0}]})");
}
