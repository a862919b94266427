#include "server/catalogue/error.hpp"

#include <catch2/catch.hpp>

#include "server/access/signature.hpp"
#include "server/app/app.hpp"
#include "server/http/error_response.hpp"
#include "server/http/json_text.hpp"
#include "tests/support/request_builder.hpp"
#include "tests/support/test_project.hpp"

using namespace engage;
using server::catalogue::ErrorCode;

namespace {

/// Whether the pieces of a row's text stand in `body` in their order; each `{}` between them is anything.
bool shows_text(std::string_view body, std::string_view text) {
    while (!text.empty()) {
        const auto piece = text.substr(0, text.find("{}"));
        text.remove_prefix(std::min(text.size(), piece.size() + 2));
        auto quoted = server::http::json_string(piece);
        const auto found = body.find(quoted.substr(1, quoted.size() - 2));
        if (found == std::string_view::npos) return false;
        body.remove_prefix(found + piece.size());
    }
    return true;
}

std::unique_ptr<server::app::App> make_app(server::catalogue::Settings settings) {
    settings.clock = server::time::TimePoint{};
    auto app = std::make_unique<server::app::App>(std::move(settings));
    std::vector<fixtures::project::Project> projects;
    projects.push_back(test::committed_project("shop"));
    projects.push_back(test::committed_project("unpaid"));
    REQUIRE(app->publish(std::move(projects)));
    return app;
}

/// The answer to a second query while the first one's answer is still held.
server::http::HttpResponse second_with(std::optional<std::uint32_t> server::catalogue::Settings::*limit) {
    server::catalogue::Settings settings;
    settings.*limit = 1;
    const auto app = make_app(settings);
    const auto first = app->handle(test::engage_request({}));
    REQUIRE(first.status == server::catalogue::kOk);
    return app->handle(test::engage_request({}));
}

server::http::HttpRequest get(const std::string& target) {
    return {.method = "GET", .target = target, .headers = {{"Authorization", test::basic("sa:secret")}}, .body = {}};
}

server::http::HttpRequest faulty(server::http::RequestFault fault) {
    auto request = get("/api/query/engage?project_id=1");
    request.fault = fault;
    return request;
}

server::http::HttpRequest json_request(const std::string& body,
                                       const std::string& target = "/api/query/engage?project_id=1") {
    auto request = test::engage_request({}, target);
    request.body = body;
    return request;
}

server::http::HttpRequest anonymous() {
    return {.method = "GET", .target = "/api/query/engage?project_id=1", .headers = {}, .body = {}};
}

/// Sorts by a computed text of nearly a megabyte for each of 260 profiles.
server::http::HttpResponse sorted_by_long_texts() {
    constexpr std::size_t kProfiles = 260;
    constexpr std::size_t kTextSize = 16'300;
    std::string rows;
    for (std::size_t i = 0; i < kProfiles; ++i)
        rows += R"({"$distinct_id":")" + std::to_string(i) + R"(","$properties":{"x":")" + std::to_string(i) +
                std::string(kTextSize, 'x') + "\"}}\n";
    server::catalogue::Settings settings;
    settings.auth_required = false;
    server::app::App app(std::move(settings));
    std::vector<fixtures::project::Project> projects;
    projects.push_back(test::load({{"project.json", R"({"project_id":1})"}, {"profiles.ndjson", rows}}));
    REQUIRE(app.publish(std::move(projects)));
    std::string key = R"(properties["x"])";
    for (int i = 0; i < 6; ++i) key = "(" + key + " + " + key + ")";
    return app.handle(test::engage_request({{"sort_key", key}}));
}

/// Counts 20,000 events with 200 long conditions.
server::http::HttpResponse too_much_counted() {
    std::string events;
    for (int i = 0; i < 20'000; ++i)
        events += R"({"event":"A","properties":{"time":1,"distinct_id":"a"}})"
                  "\n";
    server::catalogue::Settings settings;
    settings.auth_required = false;
    server::app::App app(std::move(settings));
    std::vector<fixtures::project::Project> projects;
    projects.push_back(test::load({{"project.json", R"({"project_id":1})"}, {"events.ndjson", events}}));
    REQUIRE(app.publish(std::move(projects)));
    std::string condition = "1";
    for (int i = 0; i < 30; ++i) condition += R"( + event[\"x\"])";
    const auto selector = R"({"event":"A","selector":")" + condition + "\"}";
    auto behaviors = R"([{"name":"n","window":"1d","event_selectors":[)" + selector;
    for (int i = 1; i < 200; ++i) behaviors += ',' + selector;
    return app.handle(test::engage_request({{"behaviors", behaviors + "]}]"}}));
}

/// The answer that shows a row; nothing for the row that only a bug can show.
std::optional<server::http::HttpResponse> show(ErrorCode code) {
    using server::http::RequestFault;
    server::catalogue::Settings open;
    open.rate_limited = false;
    const auto ask = [&](const server::http::HttpRequest& request) { return make_app(open)->handle(request); };
    const auto form = [&](const std::string& name, const std::string& value) {
        return ask(test::engage_request({{name, value}}));
    };
    switch (code) {
        case ErrorCode::kMalformedRequest:
            return ask(faulty(RequestFault::kMalformed));
        case ErrorCode::kBodyIncomplete:
            return ask(faulty(RequestFault::kBodyIncomplete));
        case ErrorCode::kTargetTooLong:
            return ask(faulty(RequestFault::kTargetTooLong));
        case ErrorCode::kForeignHost:
            return ask(faulty(RequestFault::kForeignHost));
        case ErrorCode::kUnreachableHost:
            return ask(faulty(RequestFault::kUnreachableHost));
        case ErrorCode::kNotForProxy:
            return ask(faulty(RequestFault::kNotForProxy));
        case ErrorCode::kBodyTooLarge:
            return ask(faulty(RequestFault::kBodyTooLarge));
        case ErrorCode::kTransferCoding:
            return ask(faulty(RequestFault::kTransferCoding));
        case ErrorCode::kContentCoding:
            return ask(faulty(RequestFault::kContentCoding));
        case ErrorCode::kBrokenGzip:
            return ask(faulty(RequestFault::kBrokenGzip));
        case ErrorCode::kUnknownPath:
            return ask(get("/x"));
        case ErrorCode::kInvalidEndpoint:
            return ask(get("/api/query/x"));
        case ErrorCode::kEndpointNotEmulated:
            return ask(get("/api/query/insights"));
        case ErrorCode::kParameterNotEmulated:
            return form("group_by_cohorts", "1");
        case ErrorCode::kMethodNotAllowed:
            return ask({.method = "DELETE", .target = "/api/query/engage", .headers = {}, .body = {}});
        case ErrorCode::kUnauthorized:
            return ask(anonymous());
        case ErrorCode::kPlanWithoutApi:
            return ask(get("/api/query/engage?project_id=3"));
        case ErrorCode::kNotAMember:
            return ask(get("/api/query/engage?project_id=2"));
        case ErrorCode::kBadSignature:
        case ErrorCode::kSignatureExpired: {
            auto request = anonymous();
            request.target = "/api/query/engage?api_key=key&expire=-1";
            const auto sig =
                code == ErrorCode::kBadSignature ? "x" : server::access::signature_of(request, "topsecret");
            request.target += "&sig=" + sig;
            return ask(request);
        }
        case ErrorCode::kWrongRegion: {
            auto request = get("/api/query/engage?project_id=1");
            request.headers.emplace_back("Host", "eu.mixpanel.com");
            return ask(request);
        }
        case ErrorCode::kProjectMissing:
            return ask(get("/api/query/engage"));
        case ErrorCode::kProjectInvalid:
            return ask(get("/api/query/engage?project_id=x"));
        case ErrorCode::kHourlyQuota:
            return second_with(&server::catalogue::Settings::per_hour);
        case ErrorCode::kConcurrency:
            return second_with(&server::catalogue::Settings::concurrent);
        case ErrorCode::kLoadShed:
            return second_with(&server::catalogue::Settings::per_second);
        case ErrorCode::kBadWhere:
            return form("where", "(");
        case ErrorCode::kLogicalOperand:
            REQUIRE(open.switches.set("where.logical_operands=refuse"));
            return form("where", "1 and 2");
        case ErrorCode::kUndeclaredBehavior:
            return form("where", "behaviors[\"x\"] > 0");
        case ErrorCode::kBadBehaviors:
            return form("behaviors", "1");
        case ErrorCode::kTooMuchToCount:
            return too_much_counted();
        case ErrorCode::kBehaviorsAndCohort:
            return ask(test::engage_request({{"behaviors", "1"}, {"filter_by_cohort", R"({"id":1})"}}));
        case ErrorCode::kBadAsOfTimestamp:
            return form("as_of_timestamp", "yesterday");
        case ErrorCode::kWhereNotText:
            return ask(json_request(R"({"where":1})"));
        case ErrorCode::kWhereAndSelector:
            return ask(test::engage_request({{"where", "true"}, {"selector", "true"}}));
        case ErrorCode::kBadDistinctId:
            return ask(json_request(R"({"distinct_id":[]})"));
        case ErrorCode::kBadSessionId:
            return ask(json_request(R"({"session_id":[]})"));
        case ErrorCode::kCohortNotFound:
            REQUIRE(open.switches.set("cohort.unknown=not-found"));
            return form("filter_by_cohort", R"({"id":1})");
        case ErrorCode::kBadDistinctIds:
            return form("distinct_ids", "x");
        case ErrorCode::kBadOutputProperties:
            return form("output_properties", "x");
        case ErrorCode::kBadSearch:
            return ask(json_request(R"({"search":[]})"));
        case ErrorCode::kBadSortKey:
            return form("sort_key", "$last_seen");
        case ErrorCode::kSortKeysTooLong:
            return sorted_by_long_texts();
        case ErrorCode::kBadSortOrder:
            return ask(test::engage_request({{"sort_key", "1"}, {"sort_order", "x"}}));
        case ErrorCode::kSortOrderWithoutKey:
            return form("sort_order", "ascending");
        case ErrorCode::kBadLimit:
            return form("limit", "x");
        case ErrorCode::kBadCallback:
            return form("callback", "alert(1)");
        case ErrorCode::kBadPage:
            return form("page", "x");
        case ErrorCode::kBadPageSize:
            return form("page_size", "x");
        case ErrorCode::kBadIncludeAllUsers:
            return form("include_all_users", "x");
        case ErrorCode::kBadCohort:
            return form("filter_by_cohort", "x");
        case ErrorCode::kBadCohortFilter:
            return form("filter_by_cohort", R"({"id":1,"raw_cohort":{}})");
        case ErrorCode::kRawSelectorNull:
            return form("filter_by_cohort", R"({"raw_cohort":{"selector":null}})");
        case ErrorCode::kUnknownCohort:
            return form("filter_by_cohort", R"({"id":1})");
        case ErrorCode::kBadDataGroup:
            return form("data_group_id", "x");
        case ErrorCode::kUnknownDataGroup:
            return form("data_group_id", "1");
        case ErrorCode::kPageWithoutSession:
            return form("page", "1");
        case ErrorCode::kUncachedPage:
            return ask(test::engage_request({{"page", "1"}, {"session_id", "x"}}));
        case ErrorCode::kParameterRefused:
            return ask(get("/api/query/engage/stats?project_id=1&where=true"));
        case ErrorCode::kBadAction:
            return ask(get("/api/query/engage/stats?project_id=1"));
        case ErrorCode::kBadSegments:
            return ask(get("/api/query/engage/stats?project_id=1&action=count()&segment_by_cohorts=1"));
        case ErrorCode::kPropertyMissing:
            return ask(get("/api/query/engage/values?project_id=1"));
        case ErrorCode::kBadProperty:
            return ask(json_request(R"({"property":1})", "/api/query/engage/values?project_id=1"));
        case ErrorCode::kDistinctIdsMissing:
            return ask(get("/api/query/stream/query?project_id=1"));
        case ErrorCode::kDateMissing:
            return ask(get("/api/query/engage/revenue?project_id=1"));
        case ErrorCode::kBadDate:
            return ask(get("/api/query/engage/revenue?project_id=1&from_date=x"));
        case ErrorCode::kDatesReversed:
            return ask(get("/api/query/engage/revenue?project_id=1&from_date=2026-01-02&to_date=2026-01-01"));
        case ErrorCode::kTooManyDays:
            return ask(get("/api/query/engage/revenue?project_id=1&from_date=1926-01-02&to_date=2026-01-01"));
        case ErrorCode::kBadUnit:
            return ask(get("/api/query/engage/revenue?project_id=1&unit=x"));
        case ErrorCode::kAppUnauthorized: {
            auto request = anonymous();
            request.target = "/api/app/me";
            return ask(request);
        }
        case ErrorCode::kAppNotAMember:
            return ask(get("/api/app/projects/2/cohorts"));
        case ErrorCode::kAppBadParameter:
            return ask(get("/api/app/projects/1/cohorts?ids=x"));
        case ErrorCode::kAppNotFound:
            return ask(get("/api/app/nothing"));
        case ErrorCode::kAppMethodNotAllowed:
            return ask(test::engage_request({}, "/api/app/me"));
        case ErrorCode::kFidelityStrict:
            REQUIRE(open.switches.set("fidelity.strict=on"));
            return form("where", "(");
        case ErrorCode::kNotReady:
            return server::app::App(open).handle(get("/readyz"));
        case ErrorCode::kForeignOrigin:
            return ask({.method = "GET",
                        .target = "/__admin/clock",
                        .headers = {{"Origin", "https://x.example"}},
                        .body = {}});
        case ErrorCode::kForeignControlHost:
            return ask({.method = "GET", .target = "/__admin/clock", .headers = {{"Host", "x.example"}}, .body = {}});
        case ErrorCode::kControlToken:
            open.control_token = "t";
            return ask(get("/__admin/clock"));
        case ErrorCode::kBadControlRequest:
            return ask({.method = "POST", .target = "/__admin/clock/set", .headers = {}, .body = {}});
        case ErrorCode::kUnknownControlEndpoint:
            return ask(get("/__admin/x"));
        case ErrorCode::kInternal:
        case ErrorCode::kCount:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

TEST_CASE("every row of the catalogue can be reached and answers with its status, text and envelope", "[error]") {
    for (const auto& row : server::catalogue::all_errors()) {
        if (row.code == ErrorCode::kInternal) continue;
        CAPTURE(std::string(row.name));
        const auto response = show(row.code);
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
    CHECK(too_much_counted().body ==
          request + R"("Error in behaviors: too much to count: events times the parts of their conditions: )"
                    R"(at most 200000000, found 248000000"})");
    CHECK(sorted_by_long_texts().body ==
          request + R"("Error in sort_key: the texts that it computes for all profiles take more than 256 MiB"})");
}

TEST_CASE("an answer to a bug of ours does not tell more than the recorded text", "[error]") {
    const auto response = server::http::to_response({ErrorCode::kInternal}, "/x");
    CHECK(response.status == 500);
    CHECK(response.body == R"({"error": "An unknown error occurred."})");
}

TEST_CASE("pages of any origin may read what Mixpanel says, and not what the emulator says of itself", "[error]") {
    for (const auto& row : server::catalogue::all_errors()) {
        CAPTURE(row.name);
        const auto headers = server::http::to_response({row.code}, "/x").headers;
        const bool is_for_all =
            std::find(headers.begin(), headers.end(), server::catalogue::Header{"Access-Control-Allow-Origin", "*"}) !=
            headers.end();
        const bool is_of_emulator =
            row.basis == server::catalogue::Basis::kOwn && row.envelope == server::catalogue::Envelope::kErrorOnly;
        CHECK(is_for_all != is_of_emulator);
    }
}

TEST_CASE("the request is echoed as ASCII JSON whatever its bytes are", "[error]") {
    CHECK(server::http::to_response({ErrorCode::kInvalidEndpoint}, "/a\"\xEB\xC3\xA9\n").body ==
          "{\"request\": \"/a\\\"\\ufffd\\u00e9\\n\", \"error\": \"Invalid API endpoint\"}");
}
