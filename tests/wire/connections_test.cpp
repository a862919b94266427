#include <catch2/catch.hpp>

#include "tests/support/served_app.hpp"
#include "tests/support/socket_client.hpp"

using namespace engage;
using namespace engage::test;

namespace {

const std::string kOneRow = test::get("/api/query/engage?project_id=7&distinct_id=bob");

}  // namespace

TEST_CASE("a connection carries a thousand requests", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    int answered = 0;
    for (int i = 0; i < 1000; ++i) answered += client.ask(kOneRow).status == 200 ? 1 : 0;
    CHECK(answered == 1000);
}

TEST_CASE("head and body of a small answer travel in one segment", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    for (int i = 0; i < 50; ++i) client.ask(kOneRow);
    CHECK(client.received_segments() == 50);
}

TEST_CASE("pipelined requests are answered in their order", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    client.send(test::get("/livez") + test::post_form("/nowhere", "page=1") + test::get("/readyz") +
                test::get("/elsewhere"));
    CHECK(client.receive().body == "ok\n");
    CHECK(client.receive().body == R"({"error": "Not found: /nowhere"})");
    CHECK(client.receive().body == "ready\n");
    CHECK(client.receive().body == R"({"error": "Not found: /elsewhere"})");
}

TEST_CASE("a thousand pipelined requests are all answered", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    REQUIRE(client.send(test::repeated(test::get("/livez"), 1000)));
    int answered = 0;
    for (int i = 0; i < 1000; ++i) answered += client.receive().body == "ok\n" ? 1 : 0;
    CHECK(answered == 1000);
}

TEST_CASE("Connection: close is granted and echoed once", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    const auto answer = client.ask(test::request_head("GET", "/livez") + "Connection: close\r\n\r\n");
    CHECK(answer.head ==
          "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nConnection: close\r\nContent-Length: 3\r\nContent-Type: "
          "text/plain");
    CHECK(client.receive_to_end() == "");
}

TEST_CASE("a client may say in any letter case, among other options, that it goes", "[wire]") {
    const test::ServedApp served;
    for (const std::string lines :
         {"Connection: Close\r\n", "Connection: TE, close\r\n", "Connection: TE\r\nconnection: close\r\n"}) {
        CAPTURE(lines);
        test::SocketClient client(served.port());
        CHECK(client.ask(test::request_head("GET", "/livez") + lines + "\r\n").header("connection") == "close");
        CHECK(client.receive_to_end() == "");
    }
}

TEST_CASE("HTTP/1.0 with keep-alive is granted and told so", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    for (const std::string option : {"Keep-Alive", "keep-alive"})
        CHECK(client.ask("GET /livez HTTP/1.0\r\nConnection: " + option + "\r\n\r\n").header("connection") ==
              "keep-alive");
    CHECK(client.ask("GET /livez HTTP/1.0\r\n\r\n").header("connection") == "close");
    CHECK(client.receive_to_end() == "");
}

TEST_CASE("a kept connection promises nothing that it does not keep", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    CHECK(client.ask(test::get("/livez")).head ==
          "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Length: 3\r\nContent-Type: text/plain");
}

TEST_CASE("HTTP/1.0 without keep-alive closes after the answer", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    const auto answer = client.ask("GET /livez HTTP/1.0\r\n\r\n");
    CHECK(answer.body == "ok\n");
    CHECK(client.receive_to_end() == "");
}

TEST_CASE("a GET with a body does not poison the next request", "[wire]") {
    const test::ServedApp served;
    const std::string body = "GET /readyz HTTP/1.1\r\n\r\n";
    const auto framing = GENERATE_COPY("Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body,
                                       "Transfer-Encoding: chunked\r\n\r\n" + test::chunked(body, body.size()));
    const std::string method = GENERATE("GET", "OPTIONS");
    test::SocketClient client(served.port());
    const auto answer = client.ask(test::request_head(method, "/livez") + framing);
    CHECK(answer.body == "ok\n");
    CHECK(answer.header("connection") == "close");
    CHECK(client.receive_to_end() == "");
}

TEST_CASE("a GET whose Content-Length is 0 keeps its connection", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    CHECK(client.ask(test::request_head("GET", "/livez") + "Content-Length: 0\r\n\r\n").body == "ok\n");
    CHECK(client.ask(test::get("/readyz")).body == "ready\n");
}

TEST_CASE("a client that has closed its half still gets the answer", "[wire]") {
    const test::ServedApp served({.profiles = test::large_profiles(1000, 4096)});
    test::SocketClient client(served.port());
    client.send(test::get("/api/query/engage?project_id=7"));
    client.finish_sending();
    CHECK(client.receive().body.size() > 4'000'000);
    CHECK(client.receive_to_end() == "");
}

TEST_CASE("an empty line before a request is skipped", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    CHECK(client.ask("\r\n" + test::get("/livez")).body == "ok\n");
    // What some clients send behind a form and do not count.
    CHECK(client.ask(test::post_form("/nowhere", "page=1") + "\r\n").status == 404);
    CHECK(client.ask(test::get("/readyz")).body == "ready\n");
}

TEST_CASE("an answer of many segments is whole for a client with a tiny buffer", "[wire]") {
    const test::ServedApp served({.profiles = test::large_profiles(500, 4096)});
    test::SocketClient client(served.port(), 2048);
    const auto answer = client.ask(test::get("/api/query/engage?project_id=7"));
    CHECK(answer.body.size() > 2'000'000);
    CHECK(answer.body.ends_with(R"("status":"ok","computed_at":"2026-07-01T00:00:00.000000+00:00"})"));
}
