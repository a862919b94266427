#include "server/http/body_framing.hpp"

#include <catch2/catch.hpp>

namespace engage::server {
namespace {

/// "length N", "chunked" or the fault.
std::string framing_of(std::vector<catalogue::Header> headers) {
    const auto framing = http::framing_of({.method = "POST", .target = "/", .headers = std::move(headers), .body = {}});
    if (framing) return framing->is_chunked ? "chunked" : "length " + std::to_string(framing->length);
    return framing.error() == http::RequestFault::kTransferCoding ? "transfer coding" : "malformed";
}

/// What a chunked body stands for, given in pieces of `piece` bytes, with what follows it behind a bar.
std::string unchunked(std::string_view bytes, std::size_t piece) {
    http::BodyReader reader({.is_chunked = true});
    std::string content;
    while (!bytes.empty() && reader.state() == http::BodyReader::State::kMore)
        bytes.remove_prefix(reader.take(bytes.substr(0, piece), content));
    if (reader.state() == http::BodyReader::State::kBroken) return "broken";
    return content + (reader.state() == http::BodyReader::State::kWhole ? "|" : "...") + std::string(bytes);
}

}  // namespace

TEST_CASE("headers say where a body ends", "[framing]") {
    CHECK(framing_of({}) == "length 0");
    CHECK(framing_of({{"content-length", "5"}}) == "length 5");
    CHECK(framing_of({{"Content-Length", "5"}, {"Content-Length", "5"}}) == "length 5");
    CHECK(framing_of({{"Content-Length", "99999999999999999999999"}}) == "length 18446744073709551615");
    CHECK(framing_of({{"Transfer-Encoding", "Chunked"}, {"Content-Length", "5"}}) == "chunked");
    for (const auto* coding : {"gzip, chunked", "chunked, chunked", "identity", ""}) {
        CAPTURE(coding);
        CHECK(framing_of({{"Transfer-Encoding", coding}}) == "transfer coding");
    }
    CHECK(framing_of({{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}) == "transfer coding");
    CHECK(framing_of({{"Content-Length", "5"}, {"Content-Length", "6"}}) == "malformed");
    for (const auto* length : {"", "-3", "+3", "0x3", "3.0", "3, 4", ","}) {
        CAPTURE(length);
        CHECK(framing_of({{"Content-Length", length}}) == "malformed");
    }
}

TEST_CASE("chunks are put together however they are cut", "[framing]") {
    for (const std::size_t piece : {1U, 2U, 3U, 7U, 1000U}) {
        CAPTURE(piece);
        CHECK(unchunked("5\r\nwhere\r\n1\r\n=\r\n0\r\n\r\nGET", piece) == "where=|GET");
        CHECK(unchunked("5;name=\"value\"\r\nwhere\r\n0\r\nX-Sum: 1\r\nX-Sum: 2\r\n\r\n", piece) == "where|");
        CHECK(unchunked("00A \n0123456789\n0\n\n", piece) == "0123456789|");
        CHECK(unchunked("5\r\nwhe", piece) == "whe...");
        for (const auto* text :
             {"\r\n", "zz\r\n", "-1\r\nx", "0x1\r\nx", "1\r\nxy\r\n", "5z\r\n", "11111111111111111\r\n"}) {
            CAPTURE(text);
            CHECK(unchunked(text, piece) == "broken");
        }
        CHECK(unchunked("1;" + std::string(20'000, 'x'), piece) == "broken");
        CHECK(unchunked("0\r\n" + std::string(20'000, 'x'), piece) == "broken");
    }
}

TEST_CASE("a body of a known length ends there", "[framing]") {
    http::BodyReader reader({.length = 5});
    std::string content;
    CHECK(reader.take("whe", content) == 3);
    CHECK(reader.state() == http::BodyReader::State::kMore);
    CHECK(reader.take("reGET", content) == 2);
    CHECK(reader.state() == http::BodyReader::State::kWhole);
    CHECK(content == "where");
    CHECK(http::BodyReader({}).state() == http::BodyReader::State::kWhole);
}

}  // namespace engage::server
