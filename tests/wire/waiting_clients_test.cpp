#include <catch2/catch.hpp>
#include <chrono>
#include <vector>

#include "tests/support/served_app.hpp"
#include "tests/support/socket_client.hpp"

using namespace engage;
using namespace engage::test;

namespace {

const std::string kQuery = test::get("/api/query/engage?project_id=7");

std::vector<test::SocketClient> connect(int count, int port) {
    std::vector<test::SocketClient> clients;
    for (int i = 0; i < count; ++i) clients.emplace_back(port);
    return clients;
}

}  // namespace

TEST_CASE("a client is served while 64 others keep idle connections open", "[wire]") {
    const test::ServedApp served;
    auto idle = connect(64, served.port());
    for (auto& client : idle) REQUIRE(client.ask(test::get("/livez")).status == 200);
    test::SocketClient last(served.port());
    CHECK(last.ask(kQuery).status == 200);
    for (auto& client : idle) CHECK(client.ask(kQuery).status == 200);
}

TEST_CASE("a client is served while 100 others have connected and say nothing", "[wire]") {
    const test::ServedApp served;
    const auto silent = connect(100, served.port());
    test::SocketClient last(served.port());
    CHECK(last.ask(kQuery).status == 200);
}

TEST_CASE("300 clients that connect in one burst are all served", "[wire]") {
    const test::ServedApp served;
    auto clients = connect(300, served.port());
    for (auto& client : clients) REQUIRE(client.send(kQuery));
    int answered = 0;
    for (auto& client : clients) answered += client.receive().status == 200 ? 1 : 0;
    CHECK(answered == 300);
}

TEST_CASE("connections above the maximum wait until another one ends", "[wire]") {
    const test::ServedApp served({.limits = {.connections = 2}});
    auto first = connect(2, served.port());
    for (auto& client : first) REQUIRE(client.ask(test::get("/livez")).status == 200);
    test::SocketClient waiting(served.port());
    REQUIRE(waiting.send(test::get("/readyz")));
    first.pop_back();
    CHECK(waiting.receive().body == "ready\n");
}

TEST_CASE("an idle connection is closed after its time, and its place is free again", "[wire]") {
    const test::ServedApp served({.limits = {.idle_timeout = std::chrono::milliseconds{20}, .connections = 1}});
    test::SocketClient idle(served.port());
    CHECK(idle.ask(test::get("/livez")).body == "ok\n");
    CHECK(idle.receive_to_end() == "");
    test::SocketClient next(served.port());
    CHECK(next.ask(test::get("/livez")).body == "ok\n");
}

TEST_CASE("clients that send piece by piece block nobody and are answered in the end", "[wire]") {
    const test::ServedApp served;
    const auto request = test::post_form("/api/query/engage?project_id=7", "distinct_id=bob");
    auto slow = connect(32, served.port());
    test::SocketClient fast(served.port());
    for (std::size_t sent = 0; sent < request.size(); ++sent) {
        for (auto& client : slow) REQUIRE(client.send(std::string_view(request).substr(sent, 1)));
        if (sent % 16 == 0) REQUIRE(fast.ask(kQuery).status == 200);
    }
    for (auto& client : slow) CHECK(client.receive().body.find(R"("results":[{"$distinct_id":"bob",)") == 1);
}

TEST_CASE("a client that stops in the middle of a request is given up", "[wire]") {
    const test::ServedApp served({.limits = {.io_timeout = std::chrono::milliseconds{20}}});
    for (const std::string start : {"G", "GET /live", "GET /livez HTTP/1.1\r\nHo"}) {
        CAPTURE(start);
        test::SocketClient client(served.port());
        REQUIRE(client.send(start));
        const auto answer = client.receive_to_end();
        CHECK((answer.empty() || answer.starts_with("HTTP/1.1 400 ")));
    }
}

// The library waits for idle connections: 5 s with its own timeout.
TEST_CASE("stopping does not wait for idle connections or half requests", "[wire]") {
    std::vector<test::SocketClient> clients;
    std::chrono::steady_clock::time_point asked;
    {
        const test::ServedApp served;
        clients = connect(16, served.port());
        for (auto& client : clients) REQUIRE(client.ask(test::get("/livez")).status == 200);
        REQUIRE(clients.front().send("GET /livez HTTP/1.1\r\nHo"));
        asked = std::chrono::steady_clock::now();
    }
    CHECK(std::chrono::steady_clock::now() - asked < std::chrono::seconds{3});
    CHECK(clients.back().receive_to_end() == "");
}
