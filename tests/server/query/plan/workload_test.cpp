#include <catch2/catch.hpp>

#include <memory>
#include <optional>
#include <string>

#include "server/definitions/behaviors_parameter.hpp"
#include "server/definitions/event_selector.hpp"
#include "server/query/plan/plan.hpp"
#include "server/query/plan/workload.hpp"
#include "tests/support/test_project.hpp"

using namespace engage;

namespace {

std::optional<std::string> excess_of(const std::string& selectors, const server::query::plan::WorkloadLimits& limits) {
    const auto served = std::make_shared<const server::space::Snapshot>(
        std::make_shared<const fixtures::project::Project>(test::committed_project("visits")));
    const auto behaviors = server::definitions::parse_behaviors(
        R"([{"window":"1d","name":"n","event_selectors":[)" + selectors + "]}]", expr::syntax::Grammar::kEngage);
    REQUIRE(behaviors);
    return server::query::plan::excess_of(*behaviors, *served->events, *served->project->users, limits);
}

}  // namespace

// 12 events, 5 of them purchases; 5 users with events, one of them without a profile, and 4 profiles.
TEST_CASE("what behaviors cost is their events times the parts of the conditions", "[behaviors]") {
    const auto* const any = R"({"event":"$any_event"})";
    CHECK_FALSE(excess_of(any, {.looks = 12}));
    CHECK(excess_of(any, {.looks = 11}) == "events times the parts of their conditions: at most 11, found 12");
    const auto* const of_event = R"({"event":"Purchase","selector":"event[\"amount\"] > 8"})";
    CHECK_FALSE(excess_of(of_event, {.looks = 5 + 3 * 5}));
    CHECK(excess_of(of_event, {.looks = 19}));
    const auto* const of_user = R"({"event":"$any_event","selector":"user[\"plan\"] == \"pro\""})";
    CHECK_FALSE(excess_of(of_user, {.looks = 12 + 3 * 9}));
    CHECK(excess_of(of_user, {.looks = 38}));
}

TEST_CASE("a cohort that the request brings may cost no more than the parameter behaviors", "[behaviors]") {
    constexpr std::size_t kEvents = 5000;
    constexpr std::size_t kParts = 200;
    std::string events;
    for (std::size_t i = 0; i < kEvents; ++i) events += "{\"event\":\"A\",\"time\":7,\"distinct_id\":\"x\"}\n";
    const auto served =
        std::make_shared<const server::space::Snapshot>(std::make_shared<const fixtures::project::Project>(
            test::load({{"project.json", R"({"project_id":1})"}, {"events.ndjson", events}})));
    std::string condition;
    for (std::size_t i = 0; i < kParts; ++i) condition += (i == 0 ? "" : " or ") + std::string("event['x']");
    std::string behaviors;
    for (std::size_t i = 0; i < server::definitions::kMostEventSelectors; ++i)
        behaviors += (i == 0 ? "{\"n" : ",\"n") + std::to_string(i) +
                     R"(":{"count":{"event_selector":{"event":"A","selector":")" + condition +
                     R"("}},"window":{"unit":"day","value":1}})";
    server::query::request::EngageQuery query;
    query.cohort =
        server::query::request::parse_cohort_filter(R"({"raw_cohort":{"selector":{},"behaviors":)" + behaviors + "}}}")
            .value();
    const server::catalogue::Switches switches;
    server::catalogue::Readings readings(switches);
    const auto plan = server::query::plan::make_plan(query, served, readings);
    REQUIRE_FALSE(plan);
    CHECK(
        server::catalogue::message(plan.error()) ==
        "Error in filter_by_cohort: too much to count: events times the parts of their conditions: at most 200000000, "
        "found 202000000");
}

TEST_CASE("what behaviors keep is a number for each profile and each user", "[behaviors]") {
    const auto* const any = R"({"event":"$any_event"})";
    CHECK_FALSE(excess_of(any, {.numbers = 9}));
    CHECK(excess_of(any, {.numbers = 8}) == "behaviors times profiles and users: at most 8, found 9");
}
