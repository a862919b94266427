#include <catch2/catch.hpp>

#include "server/http/gzip.hpp"
#include "tests/support/served_app.hpp"
#include "tests/support/socket_client.hpp"

using namespace engage;
using namespace engage::test;

namespace {

/// The body that chunks stand for; throws when they are none.
std::string unchunked(std::string_view framed) {
    std::string body;
    for (;;) {
        const auto line = framed.substr(0, framed.find("\r\n"));
        const auto size = std::stoul(std::string(line), nullptr, 16);
        framed.remove_prefix(line.size() + 2);
        body += framed.substr(0, size);
        if (framed.substr(size, 2) != "\r\n") throw std::runtime_error("a chunk without its end");
        framed.remove_prefix(size + 2);
        if (size != 0) continue;
        if (!framed.empty()) throw std::runtime_error("something behind the last chunk");
        return body;
    }
}

/// Head and body as they came, of a request after which the server closes.
std::pair<std::string, std::string> raw_answer(int port, const std::string& request) {
    test::SocketClient client(port);
    client.send(request);
    const auto text = client.receive_to_end();
    const auto end = text.find("\r\n\r\n");
    REQUIRE(end != std::string::npos);
    return {text.substr(0, end + 2), text.substr(end + 4)};
}

std::string with_coding(const std::string& coding, const std::string& body) {
    return test::request_head("POST", test::kTarget) + "Content-Encoding: " + coding +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

TEST_CASE("a chunked answer has the same body, in chunks of 16 KiB", "[wire]") {
    const auto serve = [](const char* framing) {
        test::ServedOptions options;
        options.profiles = test::large_profiles(40, 1000);
        REQUIRE(options.settings.switches.set(std::string("http.framing=") + framing));
        return options;
    };
    // The first query of each has the same session: their seeds are equal.
    const test::ServedApp plain(serve("length"));
    const test::ServedApp chunked(serve("chunked"));
    const test::ServedApp another(serve("chunked"));
    const auto request = test::request_head("GET", test::kTarget) + "Connection: close\r\n\r\n";
    const auto [plain_head, body] = raw_answer(plain.port(), request);
    CHECK(plain_head.find("Content-Length: " + std::to_string(body.size()) + "\r\n") != std::string::npos);
    const auto [head, framed] = raw_answer(chunked.port(), request);
    CHECK(head.find("Transfer-Encoding: chunked\r\n") != std::string::npos);
    CHECK(head.find("Content-Length") == std::string::npos);
    CHECK(framed.starts_with("4000\r\n"));
    CHECK((unchunked(framed) == body));
    // HTTP/1.0 knows no chunks.
    const auto [old_head, old_body] =
        raw_answer(another.port(), std::string("GET ") + test::kTarget + " HTTP/1.0\r\n\r\n");
    CHECK(old_head.find("Transfer-Encoding") == std::string::npos);
    CHECK((old_body == body));
}

TEST_CASE("a chunked connection takes another request", "[wire]") {
    test::ServedOptions options;
    REQUIRE(options.settings.switches.set("http.framing=chunked"));
    const test::ServedApp served(std::move(options));
    test::SocketClient client(served.port());
    client.send(test::get("/api/query/engage?project_id=x") + test::request_head("GET", "/livez") +
                "Connection: close\r\n\r\n");
    const auto text = client.receive_to_end();
    CHECK(text.find("\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n") != std::string::npos);
    CHECK(text.ends_with("ok\n"));
}

TEST_CASE("a form that comes compressed is read", "[wire]") {
    const test::ServedApp served;
    const auto body = server::http::gzip(R"(where=properties["plan"] ==)") + server::http::gzip(R"( "free")");
    test::SocketClient client(served.port());
    for (const std::string coding : {"gzip", "GZIP", "x-gzip"}) {
        CAPTURE(coding);
        const auto answer = client.ask(with_coding(coding, body));
        CHECK(answer.status == 200);
        CHECK(answer.body.starts_with(R"({"results":[{"$distinct_id":"bob")"));
        CHECK(answer.body.find(R"("total":1,)") != std::string::npos);
    }
    const auto answer = client.ask(with_coding("identity", R"(where=properties["plan"] == "free")"));
    CHECK(answer.body.find(R"("total":1,)") != std::string::npos);
    CHECK(client.ask(with_coding("gzip", "")).status == 200);
}

TEST_CASE("a body that cannot be read is refused, never dropped", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    const auto refusal = [&](const std::string& request) {
        const auto answer = client.ask(request);
        return std::to_string(answer.status) + ' ' + answer.body;
    };
    const std::string request = R"({"request": "/api/query/engage?project_id=7", "error": ")";
    const auto body = server::http::gzip(R"(where=properties["plan"] == "free")");
    for (const std::string coding : {"br", "deflate", "gzip, gzip", "rot13"}) {
        CAPTURE(coding);
        CHECK(refusal(with_coding(coding, body)) ==
              "415 " + request + "Error in Content-Encoding: expected gzip, found " + coding + "\"}");
    }
    CHECK(refusal(with_coding("gzip\r\nContent-Encoding: gzip", body)) ==
          "415 " + request + "Error in Content-Encoding: expected gzip, found gzip, gzip\"}");
    CHECK(refusal(with_coding("gzip", body.substr(0, body.size() - 8))) ==
          "400 " + request + "Error in Content-Encoding: the request body is damaged or no whole gzip data\"}");
    CHECK(refusal(with_coding("gzip", server::http::gzip(std::string(33 * 1024 * 1024, 'x')))) ==
          "413 " + request + "Request Entity Too Large: at most 33554432 bytes are read\"}");
    // All these bodies were read to their end.
    CHECK(client.ask(test::get("/livez")).body == "ok\n");
    CHECK(refusal(test::request_head("POST", test::kTarget) + "Transfer-Encoding: gzip, chunked\r\n\r\n" +
                  test::chunked(body, 10)) ==
          "501 " + request + "Error in Transfer-Encoding: expected chunked, found gzip, chunked\"}");
    CHECK(client.receive_to_end().empty());
}

TEST_CASE("a length that is none, or two of them, is refused", "[wire]") {
    const test::ServedApp served;
    for (const std::string lengths : {"-3", "abc", "5\r\nContent-Length: 6"}) {
        CAPTURE(lengths);
        const auto [head, body] = raw_answer(
            served.port(), test::request_head("POST", test::kTarget) + "Content-Length: " + lengths + "\r\n\r\nwhere");
        CHECK(head.starts_with("HTTP/1.1 400 "));
        CHECK(body == R"({"error": "Malformed HTTP request"})");
    }
}

TEST_CASE("extensions of chunks and trailers are read over", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    const auto answer = client.ask(test::request_head("POST", test::kTarget) +
                                   "Transfer-Encoding: Chunked\r\n\r\n"
                                   "f;name=value\r\ndistinct_id=bob\r\n0\r\nX-Sum: 1\r\n\r\n");
    CHECK(answer.body.starts_with(R"({"results":[{"$distinct_id":"bob")"));
    CHECK(client.ask(test::get("/livez")).body == "ok\n");
}
