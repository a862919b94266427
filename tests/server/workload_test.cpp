#include <catch2/catch.hpp>

#include <memory>
#include <optional>
#include <string>

#include "server/query/behaviors/behaviors_parameter.hpp"
#include "server/query/behaviors/workload.hpp"
#include "server/query/plan.hpp"
#include "tests/support/test_project.hpp"

using namespace engage;

namespace {

std::optional<std::string> excess_of(const std::string& selectors, const server::WorkloadLimits& limits) {
    const server::ServedProject served(std::make_shared<const fixtures::Project>(test::committed_project("visits")),
                                       {});
    const auto behaviors = server::parse_behaviors(
        R"([{"window":"1d","name":"n","event_selectors":[)" + selectors + "]}]", expr::Grammar::kEngage);
    REQUIRE(behaviors);
    return server::excess_of(*behaviors, *served.events, *served.project->users, limits);
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

TEST_CASE("what behaviors keep is a number for each profile and each user", "[behaviors]") {
    const auto* const any = R"({"event":"$any_event"})";
    CHECK_FALSE(excess_of(any, {.numbers = 9}));
    CHECK(excess_of(any, {.numbers = 8}) == "behaviors times profiles and users: at most 8, found 9");
}
