#include "server/catalogue/error.hpp"

#include <catch2/catch.hpp>

#include "fixtures/json/write.hpp"
#include "server/catalogue/errors/emulator.hpp"
#include "server/catalogue/errors/expressions.hpp"
#include "server/catalogue/errors/parameters.hpp"
#include "server/catalogue/errors/requests.hpp"
#include "server/http/error_response.hpp"
#include "tests/support/error_examples.hpp"

using namespace engage;

namespace {

/// Whether the pieces of a row's text stand in `body` in their order; each `{}` between them is anything.
bool shows_text(std::string_view body, std::string_view text) {
    while (!text.empty()) {
        const auto piece = text.substr(0, text.find("{}"));
        text.remove_prefix(std::min(text.size(), piece.size() + 2));
        auto quoted = fixtures::json::ascii_literal(piece);
        const auto found = body.find(quoted.substr(1, quoted.size() - 2));
        if (found == std::string_view::npos) return false;
        body.remove_prefix(found + piece.size());
    }
    return true;
}

}  // namespace

TEST_CASE("every row of the catalogue can be reached and answers with its status, text and envelope", "[error]") {
    for (const auto* each : server::catalogue::all_errors()) {
        const auto& row = *each;
        if (each == &server::catalogue::errors::kInternal) continue;
        CAPTURE(std::string(row.name));
        const auto response = test::show(row);
        REQUIRE(response);
        CHECK(response->status == row.status);
        const std::string_view body = response->body;
        const auto error = body.find("\"error\":");
        REQUIRE(error != std::string::npos);
        CHECK(body.starts_with("{\"request\": ") == (row.envelope == server::catalogue::Envelope::kRequestAndError));
        CHECK(body.ends_with(",\"status\":\"error\"}") ==
              (row.envelope == server::catalogue::Envelope::kErrorAndStatus));
        CHECK(shows_text(body.substr(error), row.text));
    }
}

TEST_CASE("what costs too much is refused with what the bound is", "[error]") {
    const std::string request = R"({"request": "/api/query/engage?project_id=1", "error": )";
    CHECK(test::show(server::catalogue::errors::kTooMuchToCount)->body ==
          request + R"("Error in behaviors: too much to count: events times the parts of their conditions: )"
                    R"(at most 200000000, found 248000000"})");
    CHECK(test::show(server::catalogue::errors::kSortKeysTooLong)->body ==
          request + R"("Error in sort_key: the texts that it computes for all profiles take more than 256 MiB"})");
}

TEST_CASE("an answer to a bug of ours does not tell more than the recorded text", "[error]") {
    const auto response = server::http::to_response({server::catalogue::errors::kInternal}, "/x");
    CHECK(response.status == 500);
    CHECK(response.body == R"({"error": "An unknown error occurred."})");
}

TEST_CASE("what Mixpanel says of an error looks like the recorded refusals, what the emulator says of itself does not",
          "[error]") {
    using server::catalogue::Header;
    using Headers = std::vector<Header>;
    for (const auto* each : server::catalogue::all_errors()) {
        const auto& row = *each;
        CAPTURE(row.name);
        auto headers = server::http::to_response({row}, "/x").headers;
        std::erase_if(headers, [](const Header& header) { return header.first == "WWW-Authenticate"; });
        if (row.basis == server::catalogue::Basis::kOwn && row.envelope == server::catalogue::Envelope::kErrorOnly) {
            CHECK(headers == Headers{{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}});
            continue;
        }
        const bool is_of_app_api = row.envelope == server::catalogue::Envelope::kErrorAndStatus;
        Headers recorded = {
            {"Server", "nginx"},
            {"Content-Type", "application/json"},
            {"Vary", is_of_app_api ? "Accept-Encoding, Authorization, Cookie, origin" : "Accept-Encoding"},
            {"Via", "1.1 google"},
            {"Alt-Svc", "clear"}};
        if (!is_of_app_api) recorded.emplace_back("Cache-Control", "no-cache, no-store");
        CHECK(headers == recorded);
    }
}

TEST_CASE("the request is echoed as ASCII JSON whatever its bytes are", "[error]") {
    CHECK(server::http::to_response({server::catalogue::errors::kInvalidEndpoint}, "/a\"\xEB\xC3\xA9\n").body ==
          "{\"request\": \"/a\\\"\\ufffd\\u00e9\\n\", \"error\": \"Invalid API endpoint\"}");
}
