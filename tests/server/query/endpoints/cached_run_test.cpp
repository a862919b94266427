#include "server/query/endpoints/cached_run.hpp"

#include <catch2/catch.hpp>

#include "server/app/app.hpp"
#include "tests/support/request_builder.hpp"
#include "tests/support/test_project.hpp"

using namespace engage;

namespace {

/// An App over ten profiles, and what its cache was asked.
class Asked {
public:
    explicit Asked(const std::string& assignment = "row_order=fixtures") : app_(test::unlimited_settings(assignment)) {
        std::vector<fixtures::project::Project> projects;
        projects.push_back(test::numbered_project(10));
        REQUIRE(app_.publish(std::move(projects)));
    }

    /// "found missed kept", of this query alone.
    std::string by(const test::Form& form) {
        const auto before = app_.space().cache.counts();
        const auto response = app_.handle(test::engage_request(form));
        INFO(response.body);
        REQUIRE(response.status == 200);
        const auto after = app_.space().cache.counts();
        return std::to_string(after.found - before.found) + ' ' + std::to_string(after.missed - before.missed) + ' ' +
               std::to_string(after.kept - before.kept);
    }
    server::space::Space& space() { return app_.space(); }

private:
    server::app::App app_;
};

const test::Form kWhere{{"where", R"(properties["n"] > 3)"}};
const test::Form kSorted{{"where", R"(properties["n"] > 3)"}, {"sort_key", R"(properties["even"])"}};

}  // namespace

TEST_CASE("what a query selects is asked for once, and whatever is asked for in vain is kept", "[matches]") {
    Asked asked;
    CHECK(asked.by(kWhere) == "0 1 1");
    CHECK(asked.by(kWhere) == "1 0 0");
    // The page size and the shown properties belong to the session.
    CHECK(asked.by({{"where", R"(properties["n"] > 3)"}, {"page_size", "2"}, {"output_properties", R"(["n"])"}}) ==
          "1 0 0");
    CHECK(asked.by({{"where", R"(properties["n"] > 4)"}}) == "0 1 1");
}

TEST_CASE("what is sorted or cut is kept beside what it was made of", "[matches]") {
    Asked asked;
    CHECK(asked.by(kSorted) == "0 2 2");
    CHECK(asked.by(kSorted) == "1 0 0");
    CHECK(asked.by(kWhere) == "1 0 0");
    const auto first = [](const char* limit) {
        return test::Form{{"where", R"(properties["n"] > 3)"}, {"limit", limit}};
    };
    CHECK(asked.by(first("2")) == "1 1 1");
    CHECK(asked.by(first("2")) == "2 0 0");
    // Nothing is cut: there is nothing more to keep.
    CHECK(asked.by(first("7")) == "1 0 0");
}

TEST_CASE("an order that belongs to one session is not asked for", "[matches]") {
    Asked asked("row_order=shuffled");
    CHECK(asked.by(kSorted) == "0 1 1");
    CHECK(asked.by(kSorted) == "1 0 0");
}

TEST_CASE("what depends on the time is kept for that second", "[matches]") {
    Asked asked;
    const test::Form timed{{"where", R"(properties["n"] < NOW)"}};
    CHECK(asked.by(timed) == "0 1 1");
    CHECK(asked.by(timed) == "1 0 0");
    REQUIRE(asked.space().clock.advance(std::chrono::seconds(1)));
    CHECK(asked.by(timed) == "0 1 1");
    CHECK(asked.by({{"sort_key", R"(properties["n"] - NOW)"}}) == "0 2 2");
    REQUIRE(asked.space().clock.advance(std::chrono::seconds(1)));
    CHECK(asked.by({{"sort_key", R"(properties["n"] - NOW)"}}) == "1 1 1");
}

TEST_CASE("the texts that tell queries apart begin with each other and cannot be taken for each other", "[matches]") {
    server::query::request::EngageQuery query;
    query.where = "a";
    query.distinct_ids = {"x"};
    query.order.sort_key = "k";
    const server::query::request::QueryKey key(query);
    CHECK(key.fingerprint().starts_with(key.arrangement()));
    CHECK(key.arrangement().starts_with(key.selection()));
    // What is arranged for one query is not what another selects, whatever its ids are.
    server::query::request::EngageQuery other;
    other.where = "a";
    other.distinct_ids = {"x", "k", "", ""};
    const server::query::request::QueryKey other_key(other);
    CHECK(other_key.selection() != key.arrangement());
    query.page_size = 7;
    const server::query::request::QueryKey larger(query);
    CHECK(larger.arrangement() == key.arrangement());
    CHECK(larger.fingerprint() != key.fingerprint());
}
