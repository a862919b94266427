#include "tests/support/error_examples.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "server/access/signature.hpp"
#include "server/app/app.hpp"
#include "server/catalogue/errors/access.hpp"
#include "server/catalogue/errors/app_api.hpp"
#include "server/catalogue/errors/cohorts.hpp"
#include "server/catalogue/errors/emulator.hpp"
#include "server/catalogue/errors/endpoints.hpp"
#include "server/catalogue/errors/expressions.hpp"
#include "server/catalogue/errors/parameters.hpp"
#include "server/catalogue/errors/requests.hpp"
#include "server/catalogue/errors/sessions.hpp"
#include "tests/support/request_builder.hpp"
#include "tests/support/test_project.hpp"

namespace engage::test {

namespace {

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

/// An emulator that is set up for one answer.
struct Emulator {
    server::catalogue::Settings settings;

    server::http::HttpResponse ask(const server::http::HttpRequest& request) const {
        return make_app(settings)->handle(request);
    }
    server::http::HttpResponse form(const std::string& name, const std::string& value) const {
        return ask(test::engage_request({{name, value}}));
    }
};

/// Signed long ago; without a `sig` the one that is to be signed.
server::http::HttpRequest signed_request(const std::string& sig) {
    auto request = anonymous();
    request.target = "/api/query/engage?api_key=key&expire=-1";
    if (!sig.empty()) request.target += "&sig=" + sig;
    return request;
}

using Answer = server::http::HttpResponse;
using Show = Answer (*)(Emulator& emulator);
using server::http::RequestFault;
namespace errors = server::catalogue::errors;

/// The answer that shows a row, of all but the one that only a bug can show.
const std::map<const server::catalogue::ErrorInfo*, Show> kShown = {
    {&errors::kMalformedRequest,
     [](Emulator& emulator) -> Answer { return emulator.ask(faulty(RequestFault::kMalformed)); }},
    {&errors::kBodyIncomplete,
     [](Emulator& emulator) -> Answer { return emulator.ask(faulty(RequestFault::kBodyIncomplete)); }},
    {&errors::kTargetTooLong,
     [](Emulator& emulator) -> Answer { return emulator.ask(faulty(RequestFault::kTargetTooLong)); }},
    {&errors::kForeignHost,
     [](Emulator& emulator) -> Answer { return emulator.ask(faulty(RequestFault::kForeignHost)); }},
    {&errors::kUnreachableHost,
     [](Emulator& emulator) -> Answer { return emulator.ask(faulty(RequestFault::kUnreachableHost)); }},
    {&errors::kNotForProxy,
     [](Emulator& emulator) -> Answer { return emulator.ask(faulty(RequestFault::kNotForProxy)); }},
    {&errors::kBodyTooLarge,
     [](Emulator& emulator) -> Answer { return emulator.ask(faulty(RequestFault::kBodyTooLarge)); }},
    {&errors::kTransferCoding,
     [](Emulator& emulator) -> Answer { return emulator.ask(faulty(RequestFault::kTransferCoding)); }},
    {&errors::kContentCoding,
     [](Emulator& emulator) -> Answer { return emulator.ask(faulty(RequestFault::kContentCoding)); }},
    {&errors::kBrokenGzip,
     [](Emulator& emulator) -> Answer { return emulator.ask(faulty(RequestFault::kBrokenGzip)); }},
    {&errors::kRepeatedKey,
     [](Emulator& emulator) -> Answer {
         return emulator.ask(
             {.method = "POST", .target = "/api/query/engage", .headers = {}, .body = R"({"where":"1","where":"2"})"});
     }},
    {&errors::kUnknownPath, [](Emulator& emulator) -> Answer { return emulator.ask(get("/x")); }},
    {&errors::kInvalidEndpoint, [](Emulator& emulator) -> Answer { return emulator.ask(get("/api/query/x")); }},
    {&errors::kEndpointNotEmulated,
     [](Emulator& emulator) -> Answer { return emulator.ask(get("/api/query/insights")); }},
    {&errors::kParameterNotEmulated,
     [](Emulator& emulator) -> Answer { return emulator.form("group_by_cohorts", "1"); }},
    {&errors::kMethodNotAllowed,
     [](Emulator& emulator) -> Answer {
         return emulator.ask({.method = "DELETE", .target = "/api/query/engage", .headers = {}, .body = {}});
     }},
    {&errors::kUnauthorized, [](Emulator& emulator) -> Answer { return emulator.ask(anonymous()); }},
    {&errors::kPlanWithoutApi,
     [](Emulator& emulator) -> Answer { return emulator.ask(get("/api/query/engage?project_id=3")); }},
    {&errors::kNotAMember,
     [](Emulator& emulator) -> Answer { return emulator.ask(get("/api/query/engage?project_id=2")); }},
    {&errors::kBadSignature, [](Emulator& emulator) -> Answer { return emulator.ask(signed_request("x")); }},
    {&errors::kSignatureExpired,
     [](Emulator& emulator) -> Answer {
         const auto request = signed_request({});
         return emulator.ask(signed_request(server::access::signature_of(request, "topsecret")));
     }},
    {&errors::kWrongRegion,
     [](Emulator& emulator) -> Answer {
         auto request = get("/api/query/engage?project_id=1");
         request.headers.emplace_back("Host", "eu.mixpanel.com");
         return emulator.ask(request);
     }},
    {&errors::kProjectMissing, [](Emulator& emulator) -> Answer { return emulator.ask(get("/api/query/engage")); }},
    {&errors::kProjectInvalid,
     [](Emulator& emulator) -> Answer { return emulator.ask(get("/api/query/engage?project_id=x")); }},
    {&errors::kHourlyQuota, [](Emulator&) -> Answer { return second_with(&server::catalogue::Settings::per_hour); }},
    {&errors::kConcurrency, [](Emulator&) -> Answer { return second_with(&server::catalogue::Settings::concurrent); }},
    {&errors::kLoadShed, [](Emulator&) -> Answer { return second_with(&server::catalogue::Settings::per_second); }},
    {&errors::kBadWhere, [](Emulator& emulator) -> Answer { return emulator.form("where", "("); }},
    {&errors::kLogicalOperand,
     [](Emulator& emulator) -> Answer {
         REQUIRE(emulator.settings.switches.set("where.logical_operands=refuse"));
         return emulator.form("where", "1 and 2");
     }},
    {&errors::kUndeclaredBehavior,
     [](Emulator& emulator) -> Answer { return emulator.form("where", "behaviors[\"x\"] > 0"); }},
    {&errors::kBadBehaviors, [](Emulator& emulator) -> Answer { return emulator.form("behaviors", "1"); }},
    {&errors::kTooMuchToCount, [](Emulator&) -> Answer { return too_much_counted(); }},
    {&errors::kBehaviorsAndCohort,
     [](Emulator& emulator) -> Answer {
         return emulator.ask(test::engage_request({{"behaviors", "1"}, {"filter_by_cohort", R"({"id":1})"}}));
     }},
    {&errors::kBadAsOfTimestamp,
     [](Emulator& emulator) -> Answer { return emulator.form("as_of_timestamp", "yesterday"); }},
    {&errors::kWhereNotText, [](Emulator& emulator) -> Answer { return emulator.ask(json_request(R"({"where":1})")); }},
    {&errors::kWhereAndSelector,
     [](Emulator& emulator) -> Answer {
         return emulator.ask(test::engage_request({{"where", "true"}, {"selector", "true"}}));
     }},
    {&errors::kBadDistinctId,
     [](Emulator& emulator) -> Answer { return emulator.ask(json_request(R"({"distinct_id":[]})")); }},
    {&errors::kBadSessionId,
     [](Emulator& emulator) -> Answer { return emulator.ask(json_request(R"({"session_id":[]})")); }},
    {&errors::kCohortNotFound,
     [](Emulator& emulator) -> Answer {
         REQUIRE(emulator.settings.switches.set("cohort.unknown=not-found"));
         return emulator.form("filter_by_cohort", R"({"id":1})");
     }},
    {&errors::kBadDistinctIds, [](Emulator& emulator) -> Answer { return emulator.form("distinct_ids", "x"); }},
    {&errors::kBadOutputProperties,
     [](Emulator& emulator) -> Answer { return emulator.form("output_properties", "x"); }},
    {&errors::kBadSearch, [](Emulator& emulator) -> Answer { return emulator.ask(json_request(R"({"search":[]})")); }},
    {&errors::kBadSortKey, [](Emulator& emulator) -> Answer { return emulator.form("sort_key", "$last_seen"); }},
    {&errors::kSortKeysTooLong, [](Emulator&) -> Answer { return sorted_by_long_texts(); }},
    {&errors::kBadSortOrder,
     [](Emulator& emulator) -> server::http::HttpResponse {
         return emulator.ask(test::engage_request({{"sort_key", "1"}, {"sort_order", "x"}}));
     }},
    {&errors::kSortOrderWithoutKey,
     [](Emulator& emulator) -> Answer { return emulator.form("sort_order", "ascending"); }},
    {&errors::kBadLimit, [](Emulator& emulator) -> Answer { return emulator.form("limit", "x"); }},
    {&errors::kBadCallback, [](Emulator& emulator) -> Answer { return emulator.form("callback", "alert(1)"); }},
    {&errors::kBadPage, [](Emulator& emulator) -> Answer { return emulator.form("page", "x"); }},
    {&errors::kBadPageSize, [](Emulator& emulator) -> Answer { return emulator.form("page_size", "x"); }},
    {&errors::kBadIncludeAllUsers,
     [](Emulator& emulator) -> Answer { return emulator.form("include_all_users", "x"); }},
    {&errors::kBadCohort, [](Emulator& emulator) -> Answer { return emulator.form("filter_by_cohort", "x"); }},
    {&errors::kBadCohortFilter,
     [](Emulator& emulator) -> server::http::HttpResponse {
         return emulator.form("filter_by_cohort", R"({"id":1,"raw_cohort":{}})");
     }},
    {&errors::kRawSelectorNull,
     [](Emulator& emulator) -> server::http::HttpResponse {
         return emulator.form("filter_by_cohort", R"({"raw_cohort":{"selector":null}})");
     }},
    {&errors::kUnknownCohort,
     [](Emulator& emulator) -> Answer { return emulator.form("filter_by_cohort", R"({"id":1})"); }},
    {&errors::kBadDataGroup, [](Emulator& emulator) -> Answer { return emulator.form("data_group_id", "x"); }},
    {&errors::kUnknownDataGroup, [](Emulator& emulator) -> Answer { return emulator.form("data_group_id", "1"); }},
    {&errors::kPageWithoutSession, [](Emulator& emulator) -> Answer { return emulator.form("page", "1"); }},
    {&errors::kUncachedPage,
     [](Emulator& emulator) -> server::http::HttpResponse {
         return emulator.ask(test::engage_request({{"page", "1"}, {"session_id", "x"}}));
     }},
    {&errors::kParameterRefused,
     [](Emulator& emulator) -> server::http::HttpResponse {
         return emulator.ask(get("/api/query/engage/stats?project_id=1&where=true"));
     }},
    {&errors::kBadAction,
     [](Emulator& emulator) -> server::http::HttpResponse {
         return emulator.ask(get("/api/query/engage/stats?project_id=1"));
     }},
    {&errors::kBadSegments,
     [](Emulator& emulator) -> server::http::HttpResponse {
         return emulator.ask(get("/api/query/engage/stats?project_id=1&action=count()&segment_by_cohorts=1"));
     }},
    {&errors::kPropertyMissing,
     [](Emulator& emulator) -> server::http::HttpResponse {
         return emulator.ask(get("/api/query/engage/values?project_id=1"));
     }},
    {&errors::kBadProperty,
     [](Emulator& emulator) -> server::http::HttpResponse {
         return emulator.ask(json_request(R"({"property":1})", "/api/query/engage/values?project_id=1"));
     }},
    {&errors::kDistinctIdsMissing,
     [](Emulator& emulator) -> server::http::HttpResponse {
         return emulator.ask(get("/api/query/stream/query?project_id=1"));
     }},
    {&errors::kDateMissing,
     [](Emulator& emulator) -> server::http::HttpResponse {
         return emulator.ask(get("/api/query/engage/revenue?project_id=1"));
     }},
    {&errors::kBadDate,
     [](Emulator& emulator) -> server::http::HttpResponse {
         return emulator.ask(get("/api/query/engage/revenue?project_id=1&from_date=x"));
     }},
    {&errors::kDatesReversed,
     [](Emulator& emulator) -> server::http::HttpResponse {
         return emulator.ask(get("/api/query/engage/revenue?project_id=1&from_date=2026-01-02&to_date=2026-01-01"));
     }},
    {&errors::kTooManyDays,
     [](Emulator& emulator) -> server::http::HttpResponse {
         return emulator.ask(get("/api/query/engage/revenue?project_id=1&from_date=1926-01-02&to_date=2026-01-01"));
     }},
    {&errors::kBadUnit,
     [](Emulator& emulator) -> server::http::HttpResponse {
         return emulator.ask(get("/api/query/engage/revenue?project_id=1&unit=x"));
     }},
    {&errors::kAppUnauthorized,
     [](Emulator& emulator) -> server::http::HttpResponse {
         auto request = anonymous();
         request.target = "/api/app/me";
         return emulator.ask(request);
     }},
    {&errors::kAppNotAMember,
     [](Emulator& emulator) -> Answer { return emulator.ask(get("/api/app/projects/2/cohorts")); }},
    {&errors::kAppBadParameter,
     [](Emulator& emulator) -> server::http::HttpResponse {
         return emulator.ask(get("/api/app/projects/1/cohorts?ids=x"));
     }},
    {&errors::kAppNotFound, [](Emulator& emulator) -> Answer { return emulator.ask(get("/api/app/nothing")); }},
    {&errors::kAppMethodNotAllowed,
     [](Emulator& emulator) -> server::http::HttpResponse {
         return emulator.ask(test::engage_request({}, "/api/app/me"));
     }},
    {&errors::kFidelityStrict,
     [](Emulator& emulator) -> server::http::HttpResponse {
         REQUIRE(emulator.settings.switches.set("fidelity.strict=on"));
         return emulator.form("where", "(");
     }},
    {&errors::kNotReady,
     [](Emulator& emulator) -> server::http::HttpResponse {
         return server::app::App(emulator.settings).handle(get("/readyz"));
     }},
    {&errors::kForeignOrigin,
     [](Emulator& emulator) -> server::http::HttpResponse {
         return emulator.ask(
             {.method = "GET", .target = "/__admin/clock", .headers = {{"Origin", "https://x.example"}}, .body = {}});
     }},
    {&errors::kForeignControlHost,
     [](Emulator& emulator) -> server::http::
                                HttpResponse {
                                    return emulator.ask({.method = "GET",
                                                         .target = "/__admin/clock",
                                                         .headers = {{"Host", "x.example"}},
                                                         .body = {}});
                                }},
    {&errors::kControlToken,
     [](Emulator& emulator) -> server::http::
                                HttpResponse {
                                    emulator.settings.control_token = "t";
                                    return emulator.ask(get("/__admin/clock"));
                                }},
    {&errors::kBadControlRequest,
     [](Emulator& emulator) -> server::http::
                                HttpResponse {
                                    return emulator.ask(
                                        {.method = "POST", .target = "/__admin/clock/set", .headers = {}, .body = {}});
                                }},
    {&errors::kUnknownControlEndpoint, [](Emulator& emulator) -> Answer { return emulator.ask(get("/__admin/x")); }},
};

}  // namespace

std::optional<server::http::HttpResponse> show(const server::catalogue::ErrorInfo& row) {
    const auto shown = kShown.find(&row);
    if (shown == kShown.end()) return std::nullopt;
    Emulator emulator{.settings = {}};
    emulator.settings.rate_limited = false;
    return shown->second(emulator);
}

}  // namespace engage::test
