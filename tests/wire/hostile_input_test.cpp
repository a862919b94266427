#include <catch2/catch.hpp>

#include "tests/support/served_app.hpp"
#include "tests/support/socket_client.hpp"
#include "tests/wire/emulator_process.hpp"

using namespace engage;
using namespace engage::test;
using namespace std::string_literals;

namespace {

constexpr std::size_t kTenMB = 10'000'000;

/// Of a 400 that our own catalogue gave.
constexpr auto kMalformed = R"({"error": "Malformed HTTP request"})";

/// Everything that the server says to `bytes` until it closes.
std::string all_answers(const test::ServedApp& served, const std::string& bytes) {
    test::SocketClient client(served.port());
    client.send(bytes);
    client.finish_sending();
    return client.receive_to_end();
}

bool lives(const test::ServedApp& served) {
    test::SocketClient client(served.port());
    return client.ask(test::get(test::kTarget)).status == 200;
}

bool is_ascii(const std::string& text) {
    return text.find_first_not_of(
               "\t\n\r "
               "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~") ==
           std::string::npos;
}

}  // namespace

TEST_CASE("what is no request is refused with our own 400, and the server lives", "[wire][hostile]") {
    const test::ServedApp served;
    const auto bytes = GENERATE(values<std::string>({
        "hello\r\n\r\n",
        "\0\0\0\0\r\n\r\n"s,
        "GET /livez\r\n\r\n",
        "GET /livez HTTP/9.9\r\n\r\n",
        "GET /livez HTTP/1.1 HTTP/1.1 extra\r\n\r\n",
        "BREW /livez HTTP/1.1\r\n\r\n",
        "get /livez HTTP/1.1\r\n\r\n",
        "CONNECT example.com:443 HTTP/1.1\r\n\r\n",
        "GET /livez HTTP/1.1\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\xff\xfe hello\r\n\r\n"s,
        std::string(2000, '\xff') + "\r\n\r\n",
    }));
    CAPTURE(bytes.substr(0, 60));
    const auto answer = all_answers(served, bytes);
    CHECK(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"));
    CHECK(answer.ends_with("\r\n\r\n"s + kMalformed));
    CHECK(answer.find("\r\nConnection: close\r\n") != std::string::npos);
    CHECK(lives(served));
}

TEST_CASE("a stream that ends before its first line does is closed without a word", "[wire][hostile]") {
    const test::ServedApp served;
    const auto bytes = GENERATE(values<std::string>(
        {"", "G", "GET /livez HTTP/1.1", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", std::string(5000, '\0')}));
    CHECK(all_answers(served, bytes) == "");
    CHECK(lives(served));
}

TEST_CASE("bytes of another encoding and NUL bytes are answered in ASCII JSON", "[wire][hostile]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    const auto ask = [&](const std::string& request) {
        const auto answer = client.ask(request);
        CHECK(is_ascii(answer.body));
        return std::to_string(answer.status) + " " + answer.body;
    };
    CHECK(ask(test::get("/caf\xe9")) == R"(404 {"error": "Not found: /caf\ufffd"})");
    CHECK(ask(test::get("/caf\xc3\xa9")) == R"(404 {"error": "Not found: /caf\u00e9"})");
    CHECK(ask(test::get("/a%00b")) == R"(404 {"error": "Not found: /a%00b"})");
    CHECK(ask(test::get("/a\0b"s)) == R"(404 {"error": "Not found: /a\u0000b"})");
    CHECK(ask(test::get(test::kTarget + "&page=%00"s)) ==
          R"(400 {"request": "/api/query/engage?project_id=7&page=%00", )"
          R"("error": "Error in page: expected an integer from 0, found \u0000"})");
    CHECK(ask(test::get(test::kTarget + "&page=\xe9"s)) ==
          R"(400 {"request": "/api/query/engage?project_id=7&page=\ufffd", )"
          R"("error": "Error in page: expected an integer from 0, found \u00e9"})");
    CHECK(ask(test::get(test::kTarget + "&page=%ff%fe"s)) ==
          R"(400 {"request": "/api/query/engage?project_id=7&page=%ff%fe", )"
          R"("error": "Error in page: expected an integer from 0, found \u00ff\u00fe"})");
}

TEST_CASE("NUL bytes and bytes of another encoding in a where are answered", "[wire][hostile]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    for (const std::string where : {"%00", "%ff", "\xe9", "properties[%22caf\xe9%22]==%22\xe9%22", "%22%00%22",
                                    "%22\\%00%22", "properties[%22%00%22]"}) {
        CAPTURE(where);
        for (const auto& request :
             {test::get(test::kTarget + "&where="s + where), test::post_form(test::kTarget, "where=" + where)}) {
            const auto answer = client.ask(request);
            CHECK((answer.status == 200 || answer.status == 400));
            if (answer.status == 400) CHECK(is_ascii(answer.body));
        }
    }
}

TEST_CASE("a hundred thousand parameters are read", "[wire][hostile]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    std::string form;
    for (int i = 0; i < 100'000; ++i) form += "p" + std::to_string(i) + "=" + std::to_string(i) + "&";
    CHECK(client.ask(test::post_form(test::kTarget, form)).status == 200);
    CHECK(client.ask(test::post_form(test::kTarget, form + "page=-1")).status == 400);
    CHECK(client.ask(test::get(test::kTarget + "&"s + form.substr(0, 1'000'000))).status == 200);
}

TEST_CASE("huge and broken bodies are answered with a status", "[wire][hostile]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    std::string garbage(kTenMB, '\0');
    for (std::size_t i = 0; i < garbage.size(); ++i) garbage[i] = static_cast<char>(i * 2654435761U >> 13);
    const auto status_of = [&](const std::string& body) {
        return client.ask(test::post_form(test::kTarget, body)).status;
    };
    const auto deep = test::repeated("{\"a\":", kTenMB / 5);
    CHECK(status_of(garbage) == 200);
    CHECK(status_of(std::string(kTenMB, '[')) == 200);
    CHECK(status_of(std::string(kTenMB, '&')) == 200);
    CHECK(status_of(std::string(kTenMB, '%')) == 200);
    CHECK(status_of(deep) == 200);
    CHECK(status_of("{\"where\": \"\xff\xfe\"}") == 200);
    CHECK(status_of("{\"where\": " + std::string(kTenMB, '9') + "}") == 200);
    // The nesting stands in a parameter that is JSON itself.
    for (const std::string name : {"distinct_ids", "output_properties", "filter_by_cohort"}) {
        CAPTURE(name);
        CHECK(status_of(name + "=" + std::string(kTenMB, '[')) == 400);
        CHECK(status_of(name + "=" + deep + "1" + std::string(kTenMB / 5, '}')) == 400);
    }
    CHECK(status_of("where=" + std::string(kTenMB, '(')) == 400);
    CHECK(status_of("where=" + test::repeated("not ", kTenMB / 4)) == 400);
    CHECK(status_of("where=" + test::repeated("1 or ", kTenMB / 5) + "1") == 400);
    CHECK(status_of("page=" + std::string(kTenMB, '9')) == 400);
    CHECK(status_of("session_id=" + std::string(kTenMB, 's') + "&page=1") == 400);
}

TEST_CASE("deep nesting in a parameter costs little more memory than other text", "[wire][hostile][process]") {
    const auto peak_with = [](const std::string& body) {
        test::EmulatorProcess emulator({"--port", "0", "--auth", "off"});
        test::SocketClient client(emulator.port());
        CHECK(client.ask(test::post_form("/api/query/engage?project_id=2195193", body)).status == 400);
        return emulator.peak_memory();
    };
    const auto text = peak_with("distinct_ids=" + std::string(kTenMB, 'x'));
    CHECK(peak_with("distinct_ids=" + std::string(kTenMB, '[')) < 6 * text);
}

TEST_CASE("broken framing of a body is refused or closes, and the server lives", "[wire][hostile]") {
    const test::ServedApp served;
    const auto framing = GENERATE(values<std::string>({
        "Content-Length: -1\r\n\r\nx",
        "Content-Length: 99999999999999999999999\r\n\r\nx",
        "Content-Length: abc\r\n\r\nx",
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nx",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nx",
        "Transfer-Encoding: chunked\r\n\r\n",
        "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        "Content-Encoding: br\r\nContent-Length: 4\r\n\r\nnope",
        "Content-Encoding: rot13\r\nContent-Length: 4\r\n\r\nnope",
    }));
    CAPTURE(framing);
    const auto answer = all_answers(served, test::request_head("POST", test::kTarget) + framing);
    CHECK((answer.empty() || answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 501 ")));
    CHECK(lives(served));
}

TEST_CASE("an expectation that means nothing is not met, and the request is answered", "[wire][hostile]") {
    const test::ServedApp served;
    CHECK(all_answers(served,
                      test::request_head("POST", test::kTarget) + "Expect: the-unexpected\r\nContent-Length: 0\r\n\r\n")
              .starts_with("HTTP/1.1 200 OK"));
}

TEST_CASE("a thousand headers and headers with every byte are survived", "[wire][hostile]") {
    const test::ServedApp served;
    std::string every_byte;
    for (int byte = 0; byte < 256; ++byte)
        if (byte != '\n' && byte != '\r') every_byte += static_cast<char>(byte);
    test::SocketClient client(served.port());
    CHECK(client.ask(test::request_head("GET", "/livez") + test::repeated("X-Many: 1\r\n", 1000) + "\r\n").status ==
          200);
    for (const std::string name :
         {"Authorization", "Content-Type", "Accept-Encoding", "Range", "Connection", "Content-Length"}) {
        CAPTURE(name);
        const auto answer =
            all_answers(served, test::request_head("POST", test::kTarget) + name + ": " + every_byte + "\r\n\r\n");
        CHECK((answer.empty() || answer.starts_with("HTTP/1.1 ")));
        CHECK(lives(served));
    }
    const auto ranges = all_answers(served, test::request_head("GET", test::kTarget) + "Range: bytes=0-1" +
                                                test::repeated(",0-1", 2000) + "\r\n\r\n");
    CHECK(ranges.starts_with("HTTP/1.1 "));
    CHECK(lives(served));
}

TEST_CASE("a head without an end is refused", "[wire][hostile]") {
    const test::ServedApp served;
    const auto lines = test::repeated("X-Many: 1\r\n", 1'000'000);
    CHECK(all_answers(served, test::request_head("GET", "/livez") + lines + "\r\n").starts_with("HTTP/1.1 400 "));
    CHECK(all_answers(served, test::request_head("GET", "/livez") + "X: " + std::string(kTenMB, 'x'))
              .starts_with("HTTP/1.1 400 "));
    CHECK(lives(served));
}

TEST_CASE("clients that disappear at any byte of a request leave the server well", "[wire][hostile]") {
    const test::ServedApp served;
    const auto request = test::post_form(test::kTarget, "distinct_id=bob");
    for (std::size_t sent = 0; sent <= request.size(); ++sent) {
        test::SocketClient client(served.port());
        client.send(std::string_view(request).substr(0, sent));
        client.abort();
    }
    CHECK(lives(served));
}
