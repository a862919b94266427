#include "server/http/gzip.hpp"

#include <zlib.h>

#include <catch2/catch.hpp>

#include "server/app/app.hpp"
#include "tests/support/request_builder.hpp"
#include "tests/support/test_project.hpp"

namespace engage::server {
namespace {

/// What a client makes of gzip data, which has to be whole.
std::string inflated(std::string data, std::size_t size) {
    z_stream stream{};
    constexpr int kGzipWindow = MAX_WBITS + 16;
    REQUIRE(inflateInit2(&stream, kGzipWindow) == Z_OK);
    std::string text(size + 1, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(data.data());
    stream.avail_in = static_cast<uInt>(data.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    CHECK(stream.avail_in == 0);
    text.resize(stream.total_out);
    inflateEnd(&stream);
    return text;
}

http::HttpRequest accepting(const std::string& encodings,
                            const std::string& target = "/api/query/engage?project_id=1") {
    auto request = test::engage_request({}, target);
    request.headers.emplace_back("Accept-Encoding", encodings);
    return request;
}

http::HttpResponse answer_of(const std::string& assignment, const http::HttpRequest& request) {
    catalogue::Settings settings;
    settings.clock = time::TimePoint{};
    settings.seed = 1;
    REQUIRE(settings.switches.set(assignment));
    app::App app(settings);
    std::vector<fixtures::project::Project> projects;
    projects.push_back(test::committed_project("shop"));
    REQUIRE(app.publish(std::move(projects)));
    return app.handle(request);
}

bool is_gzip(const http::HttpResponse& response) {
    return std::find(response.headers.begin(), response.headers.end(), catalogue::Header{"Content-Encoding", "gzip"}) !=
           response.headers.end();
}

}  // namespace

TEST_CASE("what is compressed comes out whole, of any size", "[gzip]") {
    for (const std::size_t size : {0U, 1U, 262'143U, 262'144U, 262'145U, 3'000'000U}) {
        CAPTURE(size);
        std::string text;
        for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(i * i >> 3);
        CHECK((inflated(http::gzip(text), size) == text));
    }
}

TEST_CASE("gzip data is read back, in one member or several", "[gzip]") {
    constexpr std::size_t kMost = 1'000'000;
    const std::string text = R"(where=properties["plan"] == "free")";
    const auto data = http::gzip(text);
    CHECK(http::gunzip(data, kMost) == text);
    CHECK(http::gunzip(http::gzip(""), kMost) == "");
    CHECK(http::gunzip(http::gzip("where=") + http::gzip("") + http::gzip("true"), kMost) == "where=true");
    CHECK(http::gunzip(http::gzip(std::string(kMost, 'x')), kMost)->size() == kMost);
}

TEST_CASE("gzip data that is cut off or damaged anywhere is none", "[gzip]") {
    constexpr std::size_t kMost = 1'000'000;
    const auto data = http::gzip(R"(where=properties["plan"] == "free")");
    for (std::size_t size = 0; size < data.size(); ++size) {
        CAPTURE(size);
        CHECK(http::gunzip(data.substr(0, size), kMost).error() == http::RequestFault::kBrokenGzip);
    }
    // What stands in the header and is not checked: time, extra flags, system.
    constexpr std::size_t kUnchecked = 4;
    constexpr std::size_t kHeader = 10;
    for (std::size_t i = 0; i < data.size(); ++i) {
        if (i >= kUnchecked && i < kHeader) continue;
        CAPTURE(i);
        auto damaged = data;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x41);
        CHECK_FALSE(http::gunzip(damaged, kMost));
    }
    CHECK(http::gunzip(data + "x", kMost).error() == http::RequestFault::kBrokenGzip);
    CHECK(http::gunzip("nope", kMost).error() == http::RequestFault::kBrokenGzip);
}

TEST_CASE("gzip data that stands for too much is not unpacked", "[gzip]") {
    constexpr std::size_t kMost = 1'000'000;
    CHECK(http::gunzip(http::gzip(std::string(kMost + 1, 'x')), kMost).error() == http::RequestFault::kBodyTooLarge);
    std::string members;
    for (int i = 0; i < 3; ++i) members += http::gzip(std::string(kMost / 2, 'x'));
    CHECK(http::gunzip(members, kMost).error() == http::RequestFault::kBodyTooLarge);
}

TEST_CASE("a client says whether it takes gzip", "[gzip]") {
    for (const auto* header :
         {"gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.5", "*", "deflate,gzip", "GZIP", "gzip ; Q=0.5"}) {
        CAPTURE(header);
        CHECK(http::accepts_gzip(header));
    }
    for (const auto* header : {"", "br", "identity", "gzip;q=0", "gzip; q=0.0, br", "gzip;Q=0", "xgzip"}) {
        CAPTURE(header);
        CHECK_FALSE(http::accepts_gzip(header));
    }
}

TEST_CASE("answers of the API are compressed if the switch says so and the client accepts it", "[gzip]") {
    const auto plain = answer_of("http.compression=off", accepting("gzip"));
    CHECK_FALSE(is_gzip(plain));
    const auto compressed = answer_of("http.compression=gzip", accepting("gzip, deflate"));
    REQUIRE(is_gzip(compressed));
    CHECK(inflated(compressed.body, plain.body.size()) == plain.body);
    const auto refused = answer_of("http.compression=gzip", accepting("br"));
    CHECK_FALSE(is_gzip(refused));
    CHECK(refused.body == plain.body);
    CHECK_FALSE(is_gzip(answer_of("http.compression=gzip", accepting("gzip", "/__admin/clock"))));
    auto preflight = accepting("gzip");
    preflight.method = "OPTIONS";
    const auto allowed = answer_of("http.compression=gzip", preflight);
    CHECK_FALSE(is_gzip(allowed));
    CHECK(allowed.body.empty());
}

TEST_CASE("answers of the API are chunked if the switch says so", "[gzip]") {
    CHECK_FALSE(answer_of("http.framing=length", accepting("")).is_chunked);
    CHECK(answer_of("http.framing=chunked", accepting("")).is_chunked);
    CHECK_FALSE(answer_of("http.framing=chunked", accepting("", "/__admin/clock")).is_chunked);
}

}  // namespace engage::server
