#include "server/query/plan/find_cohort.hpp"

#include <catch2/catch.hpp>

#include "server/definitions/cohorts.hpp"
#include "tests/support/test_project.hpp"

using namespace engage;
using namespace engage::server;

TEST_CASE("a cohort that was found lives as long as it is held, whatever is published meanwhile", "[cohorts]") {
    auto project = test::committed_project("visits");
    auto cohorts = definitions::prepare_cohorts(project, expr::syntax::Grammar::kEngage).value();
    auto snapshot = std::make_shared<const space::Snapshot>(
        std::make_shared<const fixtures::project::Project>(std::move(project)), std::move(cohorts));
    const std::weak_ptr<const space::Snapshot> served = snapshot;
    const catalogue::Switches switches;
    catalogue::Readings readings(switches);
    auto found = query::plan::find_cohort({.id = 4}, "", snapshot, readings).value();
    snapshot.reset();
    REQUIRE_FALSE(served.expired());
    CHECK(found->id == 4);
    found.reset();
    CHECK(served.expired());
}
