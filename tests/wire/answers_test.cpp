#include <catch2/catch.hpp>

#include "tests/support/served_app.hpp"
#include "tests/support/socket_client.hpp"

using namespace engage;
using namespace engage::test;

namespace {

const std::string kAda = R"({"$distinct_id":"ada","$properties":{"name":"Ada","note":"a=b&c=d","plan":"pro"}})";
const std::string kBob = R"({"$distinct_id":"bob","$properties":{"name":"Bob","plan":"free"}})";
const std::string kZoe = R"({"$distinct_id":"zoe","$properties":{"name":"Zoë","plan":"pro"}})";

/// The body of a query's first page, but for the 32 random digits that end its session id.
std::string first_page(const std::string& rows, int total) {
    return R"({"results":[)" + rows + R"(],"page":0,"session_id":"1782864000000-*","page_size":1000,"total":)" +
           std::to_string(total) + R"(,"status":"ok","computed_at":"2026-07-01T00:00:00.000000+00:00"})";
}

/// With the random digits of session and query ids replaced by a star.
std::string masked(std::string text) {
    for (const std::string before : {"\"session_id\":\"1782864000000-", "Query-Ids: "})
        if (const auto at = text.find(before); at != std::string::npos) text.replace(at + before.size(), 32, "*");
    return text;
}

std::string get_with(const std::string& header) {
    return test::request_head("GET", test::kTarget) + header + "\r\n\r\n";
}

}  // namespace

TEST_CASE("an answer has exactly the recorded headers, a length and no chunks", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    const auto answer = client.ask(test::get(test::kTarget));
    const auto body = first_page(kAda + "," + kBob + "," + kZoe, 3);
    CHECK(masked(answer.body) == body);
    CHECK(
        masked(answer.head) ==
        "HTTP/1.1 200 OK\r\n"
        "Access-Control-Allow-Headers: X-PINGOTHER,Content-Type,MaxDataServiceVersion,DataServiceVersion,Authorization,"
        "X-Requested-With,If-Modified-Since,x-query-api-python\r\n"
        "Access-Control-Allow-Methods: GET, POST, OPTIONS\r\n"
        "Alt-Svc: clear\r\n"
        "Cache-Control: no-cache, no-store\r\n"
        "Content-Length: " +
            std::to_string(answer.body.size()) +
            "\r\n"
            "Content-Type: application/json\r\n"
            "Date: Wed, 01 Jul 2026 00:00:00 GMT\r\n"
            "Permissions-Policy: autoplay=*, fullscreen=*, web-share=*\r\n"
            "Query-Ids: *\r\n"
            "Referrer-Policy: strict-origin-when-cross-origin\r\n"
            "Server: nginx\r\n"
            "Vary: Accept-Encoding\r\n"
            "Via: 1.1 google\r\n"
            "X-Server-Elapsed: 0.000");
}

TEST_CASE("an answer is never compressed, whatever the client accepts", "[wire]") {
    const test::ServedApp served({.profiles = test::large_profiles(1000, 500)});
    test::SocketClient client(served.port());
    const auto plain = client.ask(test::get(test::kTarget));
    CHECK(plain.body.size() > 500'000);
    for (const std::string accepted : {"gzip", "deflate", "br", "gzip, deflate, br", "gzip;q=1.0, *;q=0.5", "*"}) {
        CAPTURE(accepted);
        const auto answer = client.ask(get_with("Accept-Encoding: " + accepted));
        CHECK(answer.header("content-encoding") == "");
        CHECK(answer.header("content-length") == std::to_string(plain.body.size()));
        CHECK(answer.header("content-type") == "application/json");
        CHECK(masked(answer.body) == masked(plain.body));
    }
}

TEST_CASE("a Range header changes nothing", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    for (const std::string range :
         {"bytes=0-3", "bytes=2-", "bytes=0-1,3-4", "bytes=999999-", "bytes=9-1", "pages=1-2", "bytes=what"}) {
        CAPTURE(range);
        const auto answer = client.ask(get_with("Range: " + range));
        CHECK(answer.status == 200);
        CHECK(masked(answer.body) == first_page(kAda + "," + kBob + "," + kZoe, 3));
        CHECK(answer.header("content-range") == "");
    }
}

TEST_CASE("HEAD is answered with the head of GET and nothing behind it", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    const auto whole = client.ask(test::get(test::kTarget));
    client.send(test::request_head("HEAD", test::kTarget) + "\r\n");
    const auto head = client.receive_head();
    CHECK(head.status == 200);
    CHECK(head.header("content-length") == std::to_string(whole.body.size()));
    // Would be read as the head of this answer, had the other a body.
    CHECK(client.ask(test::get("/livez")).body == "ok\n");
}

TEST_CASE("every answer of the emulator is one JSON text, also to methods and paths that nobody serves", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    const auto ask = [&](const std::string& method, const std::string& target) {
        const auto answer = client.ask(test::request_head(method, target) + "Content-Length: 0\r\n\r\n");
        return std::to_string(answer.status) + " " + answer.body;
    };
    CHECK(ask("DELETE", "/api/query/engage?project_id=7") ==
          R"(405 {"request": "/api/query/engage?project_id=7", "error": "Method not allowed: DELETE"})");
    CHECK(ask("PATCH", "/api/query/engage") ==
          R"(405 {"request": "/api/query/engage", "error": "Method not allowed: PATCH"})");
    CHECK(ask("PUT", "/nowhere") == R"(404 {"error": "Not found: /nowhere"})");
    CHECK(ask("OPTIONS", "/nowhere") == R"(404 {"error": "Not found: /nowhere"})");
    CHECK(ask("POST", "//") == R"(404 {"error": "Not found: //"})");
    CHECK(ask("POST", "/api/query/nothing") ==
          R"(400 {"request": "/api/query/nothing", "error": "Invalid API endpoint"})");
}

TEST_CASE("a multipart body is no form: the query stands in the URL alone", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    const std::string body = "--x\r\nContent-Disposition: form-data; name=\"where\"\r\n\r\nfalse\r\n--x--\r\n";
    for (const std::string type :
         {"multipart/form-data; boundary=x", "multipart/form-data", "multipart/form-data; boundary="}) {
        CAPTURE(type);
        const auto answer = client.ask(test::request_head("POST", test::kTarget) + "Content-Type: " + type +
                                       "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
        CHECK(answer.status == 200);
        CHECK(masked(answer.body) == first_page(kAda + "," + kBob + "," + kZoe, 3));
    }
}
