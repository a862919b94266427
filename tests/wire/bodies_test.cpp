#include <catch2/catch.hpp>

#include "tests/support/served_app.hpp"
#include "tests/support/socket_client.hpp"

using namespace engage;
using namespace engage::test;

namespace {

constexpr std::size_t kMiB = 1024 * 1024;

/// The ids of the answer's rows, with a blank between them; the whole answer when it is no 200.
std::string ids(const test::Answer& answer) {
    if (answer.status != 200) return std::to_string(answer.status) + " " + answer.body;
    const std::string key = "\"$distinct_id\":\"";
    std::string found;
    for (auto at = answer.body.find(key); at != std::string::npos; at = answer.body.find(key, at)) {
        at += key.size();
        found += (found.empty() ? "" : " ") + answer.body.substr(at, answer.body.find('"', at) - at);
    }
    return found;
}

/// `distinct_ids` with "bob" behind so many others, `size` bytes of JSON text in all.
std::string bob_among_many(std::size_t size) {
    const std::string end = "\"bob\"]";
    const std::string filler = "\"nobody\",";
    auto text = "[" + test::repeated(filler, (size - end.size() - 1) / filler.size());
    return text + std::string(size - end.size() - text.size(), ' ') + end;
}

}  // namespace

TEST_CASE("a form body is read whole, however long it is", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    for (const std::size_t size :
         {std::size_t{8'192}, std::size_t{8'193}, std::size_t{9'000}, std::size_t{70'000}, kMiB, 8 * kMiB}) {
        CAPTURE(size);
        CHECK(ids(client.ask(test::post_form(test::kTarget, "distinct_ids=" + bob_among_many(size - 13)))) == "bob");
    }
}

TEST_CASE("a URL of 40 kB is read whole", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    std::string where = "properties[\"name\"] == \"Bob\"";
    while (where.size() < 40'000) where += " or properties[\"name\"] == \"nobody at all\"";
    CHECK(ids(client.ask(test::get(std::string(test::kTarget) + "&where=" + test::escaped(where)))) == "bob");
    CHECK(ids(client.ask(test::get("/api/query/engage?where=" + test::escaped(where) + "&project_id=7"))) == "bob");
}

TEST_CASE("raw equals signs and escaped ampersands belong to the value, in the URL and in the body", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    CHECK(ids(client.ask(test::post_form(test::kTarget, R"(where=properties["plan"] == "pro")"))) == "ada zoe");
    CHECK(ids(client.ask(test::post_form(test::kTarget, R"(where=properties["note"]=="a=b%26c=d"&page=0)"))) == "ada");
    CHECK(ids(client.ask(test::get(std::string(test::kTarget) + R"(&where=properties["note"]=="a=b%26c=d"&page=0)"))) ==
          "ada");
    CHECK(ids(client.ask(test::get(std::string(test::kTarget) + R"(&where=properties["plan"]+==+"free")"))) == "bob");
}

TEST_CASE("blanks in a target belong to it", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    CHECK(ids(client.ask(test::get(std::string(test::kTarget) + R"(&where=properties["plan"] == "free")"))) == "bob");
}

TEST_CASE("where URL and body name the same parameter the body wins", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    CHECK(ids(client.ask(test::post_form(std::string(test::kTarget) + "&distinct_id=ada", "distinct_id=bob"))) ==
          "bob");
    CHECK(ids(client.ask(
              test::post_form(std::string(test::kTarget) + "&distinct_id=ada", R"({"distinct_id": "zoe"})"))) == "zoe");
    CHECK(ids(client.ask(test::post_form("/api/query/engage?distinct_id=ada", "project_id=7"))) == "ada");
}

TEST_CASE("a chunked body is put together", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    const auto ask = [&](std::string_view body, std::size_t chunk) {
        return ids(client.ask(test::request_head("POST", test::kTarget) + "Transfer-Encoding: chunked\r\n\r\n" +
                              test::chunked(body, chunk)));
    };
    CHECK(ask("distinct_id=bob", 1) == "bob");
    CHECK(ask("distinct_ids=" + bob_among_many(100'000), 1000) == "bob");
    CHECK(ask("distinct_ids=" + bob_among_many(kMiB), 300'000) == "bob");
    CHECK(ask("", 1) == "ada bob zoe");
}

TEST_CASE("a client that expects 100 Continue is told to go on before it sends its body", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    client.send(test::request_head("POST", test::kTarget) + "Expect: 100-continue\r\nContent-Length: 15\r\n\r\n");
    CHECK(client.receive_head().head == "HTTP/1.1 100 Continue");
    CHECK(ids(client.ask("distinct_id=bob")) == "bob");
    CHECK(ids(client.ask(test::get(test::kTarget))) == "ada bob zoe");
}

TEST_CASE("a POST without a length has no body", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    CHECK(ids(client.ask(test::request_head("POST", std::string(test::kTarget) + "&distinct_id=bob") + "\r\n")) ==
          "bob");
    CHECK(client.ask(test::request_head("POST", "/__admin/reset") + "\r\n").status == 200);
}

TEST_CASE("a target above the limit is refused with our own 414", "[wire]") {
    const test::ServedApp served;
    const auto status_of = [&](std::size_t size) {
        test::SocketClient client(served.port());
        const std::string start = "/livez?";
        return client.ask(test::get(start + std::string(size - start.size(), 'x'))).status;
    };
    CHECK(status_of(kMiB - 64) == 200);
    CHECK(status_of(kMiB) == 200);
    CHECK(status_of(kMiB + 1) == 414);
    for (const auto size : {kMiB + 64, 8 * kMiB}) {
        CAPTURE(size);
        test::SocketClient client(served.port());
        client.send(test::get(std::string(size, 'x')));
        const auto answer = client.receive();
        CHECK(answer.status == 414);
        CHECK(answer.body.substr(0, 200) == R"({"error": "Request-URI Too Large: at most 1048576 bytes are read"})");
        CHECK(answer.header("connection") == "close");
        CHECK(client.receive_to_end() == "");
    }
}

TEST_CASE("a body above the limit is refused with our own 413", "[wire]") {
    const test::ServedApp served;
    const std::string refusal = R"({"request": "/api/query/engage?project_id=7", )"
                                R"("error": "Request Entity Too Large: at most 33554432 bytes are read"})";
    const auto size = GENERATE(32 * kMiB + 1, 33 * kMiB, 48 * kMiB);
    const bool in_chunks = GENERATE(false, true);
    CAPTURE(size, in_chunks);
    test::SocketClient client(served.port());
    // A client that sends all before it reads would lose the answer, were the connection cut off.
    CHECK(client.send(in_chunks ? test::request_head("POST", test::kTarget) + "Transfer-Encoding: chunked\r\n\r\n" +
                                      test::chunked(std::string(size, 'x'), kMiB)
                                : test::post_form(test::kTarget, std::string(size, 'x'))));
    const auto answer = client.receive();
    CHECK(answer.status == 413);
    CHECK(answer.body == refusal);
    CHECK(answer.header("connection") == "close");
    CHECK(client.receive_to_end() == "");
}

TEST_CASE("a body of exactly the limit is read", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    CHECK(ids(client.ask(
              test::post_form(test::kTarget, "distinct_id=bob&filler=" + std::string(32 * kMiB - 23, 'x')))) == "bob");
}

TEST_CASE("a body that is announced above the limit is refused without waiting for it", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    const std::string expects = GENERATE("Expect: 100-continue\r\n", "");
    client.send(test::request_head("POST", test::kTarget) + expects + "Content-Length: 33554433\r\n\r\n");
    CHECK(client.receive_head().head.substr(0, 12) == "HTTP/1.1 413");
}

TEST_CASE("a body that ends early is refused", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    client.send(test::request_head("POST", test::kTarget) + "Content-Length: 100\r\n\r\ndistinct_id=bob");
    client.finish_sending();
    const auto answer = client.receive();
    CHECK(answer.status == 400);
    CHECK(answer.body == R"({"request": "/api/query/engage?project_id=7", "error": "The request body ended early"})");
    CHECK(client.receive_to_end() == "");
}
