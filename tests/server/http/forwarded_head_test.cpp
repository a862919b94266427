#include "server/http/forwarded_head.hpp"

#include <catch2/catch.hpp>

namespace engage::server {
namespace {

/// What is sent on of an answer that comes in pieces of `piece` bytes; "broken" when it is broken off.
std::string rewritten(std::string_view answer, std::size_t piece) {
    http::AnswerHead head;
    std::string sent;
    while (!answer.empty()) {
        std::string bytes(answer.substr(0, piece));
        answer.remove_prefix(bytes.size());
        if (!head.rewrite(bytes)) return "broken";
        sent += bytes;
    }
    return sent;
}

}  // namespace

TEST_CASE("a proxy keeps what is meant for it, or for one connection, to itself", "[proxy]") {
    const auto headers = http::parse_header_lines(
        "Accept: */*\r\nconnection: Keep-Alive, X-Hop, Content-Length\r\nX-Hop: 1\r\nProxy-Authorization: Basic "
        "eA==\r\n"
        "Proxy-Connection: keep-alive\r\nTE: trailers\r\nUpgrade: h2c\r\nKeep-Alive: timeout=5\r\nContent-Length:  3 "
        "\r\n"
        "Authorization: Basic eA==\r\n\r\n");
    REQUIRE(headers);
    CHECK(http::forwarded_head("POST /a HTTP/1.1", *headers) ==
          "POST /a HTTP/1.1\r\nConnection: close\r\nAccept: */*\r\nContent-Length: 3\r\nAuthorization: Basic "
          "eA==\r\n\r\n");
}

TEST_CASE("a header line that readers take differently is none", "[proxy]") {
    for (const auto* line : {"Content-Length : 3", " folded", "no colon", ": 3", "A: b\rContent-Length: 3"}) {
        CAPTURE(line);
        CHECK_FALSE(http::parse_header_lines(std::string("A: b\r\n") + line + "\r\n\r\n"));
    }
    CHECK_FALSE(http::parse_header_lines(std::string_view("A: \0\r\n\r\n", 8)));
    CHECK(http::parse_header_lines("\r\n")->empty());
}

TEST_CASE("an answer that is sent on says that it is the last", "[proxy]") {
    for (const std::size_t piece : {1U, 2U, 5U, 1000U}) {
        CAPTURE(piece);
        CHECK(rewritten("HTTP/1.1 100 Continue\r\n\r\n"
                        "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 8\r\n\r\n\r\n\r\nbody",
                        piece) ==
              "HTTP/1.1 100 Continue\r\n\r\n"
              "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 8\r\n\r\n\r\n\r\nbody");
        CHECK(rewritten("SSH-2.0-server\r\n\r\n", piece) == "broken");
        CHECK(rewritten("HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'x'), piece) == "broken");
        CHECK(rewritten("HTTP/1.1 200 OK\r\nContent-Le", piece) == "");
    }
}

}  // namespace engage::server
