#include "server/query/execution/run.hpp"

#include <catch2/catch.hpp>

#include "expr/syntax/parse.hpp"
#include "tests/support/test_project.hpp"

using namespace engage;
using namespace engage::server;

namespace {

constexpr std::int64_t kRunNow = 1'788'220'800;

/// A query of the project "visits" as it is run.
class Visits {
public:
    explicit Visits(const query::request::EngageQuery& query)
        : plan_(query::plan::make_plan(query, snapshot(), readings_).value()),
          ordering_(query::plan::make_ordering(query.order, plan_, readings_).value()),
          run_(plan_, {.now = kRunNow}) {}

    /// The ids that the query gives, in its order.
    std::string ids() {
        const auto matches = run_.arrange(run_.select().value(), ordering_).value();
        std::string ids;
        for (const auto place : matches.places(0, matches.total()))
            ids.append(ids.empty() ? "" : " ")
                .append(place.is_member() ? matches.without_profile[place.member()]
                                          : plan_.profiles->distinct_id(place.row()));
        return ids;
    }
    query::execution::Run& run() { return run_; }

    static const space::SnapshotPtr& snapshot() {
        static const auto served = [] {
            auto project = test::committed_project("visits");
            auto cohorts = definitions::prepare_cohorts(project, expr::syntax::Grammar::kEngage).value();
            return std::make_shared<const space::Snapshot>(
                std::make_shared<const fixtures::project::Project>(std::move(project)), std::move(cohorts));
        }();
        return served;
    }

private:
    catalogue::Switches switches_;
    catalogue::Readings readings_{switches_};
    query::plan::QueryPlan plan_;
    query::plan::Ordering ordering_;
    query::execution::Run run_;
};

query::request::EngageQuery reading_behaviors(std::string where, std::string sort_key) {
    query::request::EngageQuery query;
    query.where = std::move(where);
    query.order.sort_key = std::move(sort_key);
    query.behaviors = R"([{"name":"a","from_date":"2020-01-01","to_date":"2030-01-01",)"
                      R"("event_selectors":[{"event":"Purchase"}]},)"
                      R"({"name":"b","from_date":"2020-01-01","to_date":"2030-01-01",)"
                      R"("event_selectors":[{"event":"$any_event"}]}])";
    return query;
}

}  // namespace

TEST_CASE("a behavior that the where and the sort key read is counted once", "[run][behaviors]") {
    Visits query(reading_behaviors(R"(behaviors["a"] > 0)", R"(behaviors["a"])"));
    CHECK(query.ids() == "ada bob");
    CHECK(query.run().measured_behaviors() == 1);
    CHECK(query.run().bind(expr::evaluation::Program(expr::syntax::parse(R"(behaviors["a"])").value())));
    CHECK(query.run().measured_behaviors() == 1);
}

TEST_CASE("only the behaviors that an expression of the query reads are counted", "[run][behaviors]") {
    Visits neither(reading_behaviors(R"(properties["plan"] == "pro")", ""));
    neither.ids();
    CHECK(neither.run().measured_behaviors() == 0);
    Visits both(reading_behaviors(R"(behaviors["a"] > 0)", R"(behaviors["b"])"));
    both.ids();
    CHECK(both.run().measured_behaviors() == 2);
}

TEST_CASE("the members of a cohort are counted with each of its behaviors gone through once", "[run][behaviors]") {
    query::request::EngageQuery by_cohort;
    by_cohort.cohort = query::request::CohortFilter{.id = 3};
    Visits query(by_cohort);
    query.ids();
    CHECK(query.run().measured_behaviors() == 1);
    // Cohort 9 is 3, which refers to 1.
    REQUIRE(query.run().count_members(Visits::snapshot()->cohorts.at(9)));
    CHECK(query.run().measured_behaviors() == 1);
}
