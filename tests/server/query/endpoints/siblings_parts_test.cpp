// What the sibling endpoints read from their parameters: a text and what it means, or the whole text of its error.
#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "expr/text/numbers.hpp"
#include "server/catalogue/error.hpp"
#include "server/query/plan/search.hpp"
#include "server/query/request/day_range.hpp"
#include "server/query/request/segments.hpp"
#include "server/query/request/stats_action.hpp"
#include "tests/support/test_project.hpp"

using namespace engage;

namespace {

using Table = std::vector<std::pair<std::string, std::string>>;

template <class Value, class Text>
std::string outcome_of(const Expected<Value, server::catalogue::ApiError>& result, Text text_of) {
    return result ? text_of(*result) : server::catalogue::message(result.error());
}

std::string read_action(const std::string& text) {
    return outcome_of(server::query::request::parse_action(text),
                      [](const server::query::request::StatsAction& action) {
                          constexpr const char* kKinds[] = {"count", "extremes", "percentile", "numeric_summary"};
                          std::string said = kKinds[static_cast<std::size_t>(action.kind)];
                          if (action.kind == server::query::request::StatsAction::Kind::kCount) return said;
                          said += action.property.scope == expr::values::Scope::kUser ? " of user's " : " of ";
                          said += action.property.name;
                          if (action.kind != server::query::request::StatsAction::Kind::kPercentile) return said;
                          return said + " at " + std::string(expr::text::NumberText(action.percentile).view());
                      });
}

std::string read_segments(const std::string& text) {
    return outcome_of(server::query::request::parse_segments(text),
                      [](const std::vector<server::query::request::Segment>& segments) {
                          std::string list;
                          for (const auto& [name, id] : segments) list += name + " is " + std::to_string(id) + ";";
                          return list;
                      });
}

std::string read_days(const std::string& query) {
    const server::http::HttpRequest request{
        .method = "GET", .target = "/api/query/stream/query?" + query, .headers = {}, .body = {}};
    return outcome_of(server::query::request::read_day_range(server::http::Parameters::of(request)),
                      [](const server::query::request::DayRange& days) {
                          return server::query::request::format_day(days.from) + " to " +
                                 server::query::request::format_day(days.to);
                      });
}

/// `{"1":true,"2":true,…}`
std::string segments(std::size_t count) {
    std::string list;
    for (std::size_t id = 1; id <= count; ++id) list += (list.empty() ? "{\"" : ",\"") + std::to_string(id) + "\":true";
    return list + "}";
}

template <class Read>
void check(const Table& table, Read read) {
    for (const auto& [text, expected] : table) {
        CAPTURE(text);
        CHECK(read(text) == expected);
    }
}

}  // namespace

TEST_CASE("an action is a call of one of four functions", "[siblings]") {
    const std::string expected =
        "Error in action: expected count(), extremes(properties[\"p\"]), percentile(properties[\"p\"], N) or "
        "numeric_summary(properties[\"p\"]), found ";
    check({{"count()", "count"},
           {"\t count ( \n) ", "count"},
           {R"(extremes(properties["age"]))", "extremes of age"},
           {R"(extremes( user['age'] ))", "extremes of user's age"},
           {R"(numeric_summary(properties["a) ("]))", "numeric_summary of a) ("},
           {R"(percentile(properties["age"],0))", "percentile of age at 0"},
           {R"(percentile(properties["age"] , 99.5 ))", "percentile of age at 99.5"},
           {R"(percentile(properties["age"], 100))", "percentile of age at 100"},
           {R"(percentile(properties["a, 5"], 50))", "percentile of a, 5 at 50"},
           {"", expected + "nothing"},
           {" ", expected + "nothing"},
           {"count", expected + "count"},
           {"count(", expected + "count("},
           {"count)", expected + "count)"},
           {"Count()", expected + "Count()"},
           {"()", expected + "()"},
           {R"(mean(properties["age"]))", expected + R"(mean(properties["age"]))"},
           {"count() + 1", expected + "count() + 1"}},
          read_action);
}

TEST_CASE("an action takes a property of the profile, a percentile a number as well", "[siblings]") {
    const std::string percentile =
        "Error in action: expected a property and a number from 0 to 100 as arguments of percentile, found ";
    const auto property = [](const std::string& function) {
        return "Error in action: expected a property such as properties[\"p\"] as argument of " + function + ", found ";
    };
    check(
        {{R"(count(properties["age"]))", R"(Error in action: expected no argument of count, found properties["age"])"},
         {"extremes()", property("extremes") + "nothing"},
         {"extremes(5)", property("extremes") + "5"},
         {R"(extremes("age"))", property("extremes") + "\"age\""},
         {R"(extremes(event["age"]))", property("extremes") + "event[\"age\"]"},
         {R"(extremes(behaviors["age"]))", property("extremes") + "behaviors[\"age\"]"},
         {R"(extremes(properties["age"], 5))", property("extremes") + "properties[\"age\"], 5"},
         {R"(numeric_summary(properties["a"]["b"]))", property("numeric_summary") + R"(properties["a"]["b"])"},
         {"percentile()", percentile + "nothing"},
         {"percentile(50)", percentile + "50"},
         {R"(percentile(properties["age"]))", percentile + "properties[\"age\"]"},
         {R"(percentile(properties["age"], -1))", percentile + "properties[\"age\"], -1"},
         {R"(percentile(properties["age"], 100.1))", percentile + "properties[\"age\"], 100.1"},
         {R"(percentile(properties["age"], nan))", percentile + "properties[\"age\"], nan"},
         {R"(percentile(properties["age"], ))", percentile + "properties[\"age\"],"},
         {"percentile(, 50)", property("percentile") + "nothing"},
         {"percentile(5, 50)", property("percentile") + "5"}},
        read_action);
}

TEST_CASE("segments are cohort ids, with or without a prefix", "[siblings]") {
    const std::string expected =
        "Error in segment_by_cohorts: expected a JSON object of 1 to 20 cohort ids, each true or false, found ";
    check({{R"({"cohort_12":true})", "cohort_12 is 12;"},
           {R"({"12":true,"cohort_3":true})", "12 is 12;cohort_3 is 3;"},
           {R"({"12":false,"cohort_3":true})", "cohort_3 is 3;"},
           {R"({"12":false})", ""},
           {R"({"18446744073709551615":true})", "18446744073709551615 is 18446744073709551615;"},
           {"{}", expected + "{}"},
           {"", expected},
           {"12", expected + "12"},
           {R"(["12"])", expected + R"(["12"])"},
           {R"({"12":true)", expected + R"({"12":true)"},
           {R"({"12":1})", expected + R"({"12":1})"},
           {R"({"12":null})", expected + R"({"12":null})"},
           {R"({"-1":true})", expected + R"({"-1":true})"},
           {R"({"cohort_":true})", expected + R"({"cohort_":true})"},
           {R"({"Cohort_12":true})", expected + R"({"Cohort_12":true})"},
           {R"({"cohort_cohort_1":true})", expected + R"({"cohort_cohort_1":true})"},
           {R"({"18446744073709551616":true})", expected + R"({"18446744073709551616":true})"}},
          read_segments);
}

TEST_CASE("so many segments are answered at once", "[siblings]") {
    CHECK(server::query::request::parse_segments(segments(server::query::request::kMaxSegments))->size() == 20);
    CHECK(read_segments(segments(server::query::request::kMaxSegments + 1))
              .starts_with("Error in segment_by_cohorts: expected a JSON object of 1 to 20 cohort ids"));
}

TEST_CASE("a range of days is two days that exist, in their order", "[siblings]") {
    const auto bad = [](const std::string& name, const std::string& found) {
        return "Error in " + name + ": expected a day such as 2026-09-01, found " + found;
    };
    check({{"from_date=2026-09-01&to_date=2026-09-30", "2026-09-01 to 2026-09-30"},
           {"from_date=2026-09-01&to_date=2026-09-01", "2026-09-01 to 2026-09-01"},
           {"from_date=2024-02-29&to_date=2024-03-01", "2024-02-29 to 2024-03-01"},
           {"from_date=1969-12-31&to_date=1970-01-01", "1969-12-31 to 1970-01-01"},
           {"", "Error in from_date: required, a day such as 2026-09-01"},
           {"to_date=2026-09-01", "Error in from_date: required, a day such as 2026-09-01"},
           {"from_date=2026-09-01", "Error in to_date: required, a day such as 2026-09-01"},
           {"from_date=2026-09-01&to_date=", "Error in to_date: required, a day such as 2026-09-01"},
           {"from_date=2026-09-02&to_date=2026-09-01",
            "Error in to_date: expected a day that is not before from_date, found 2026-09-01"},
           {"from_date=2026-02-29&to_date=2026-03-01", bad("from_date", "2026-02-29")},
           {"from_date=2026-13-01&to_date=2026-03-01", bad("from_date", "2026-13-01")},
           {"from_date=2026-9-1&to_date=2026-03-01", bad("from_date", "2026-9-1")},
           {"from_date=2026-09-01&to_date=2026-09-01T00:00:00", bad("to_date", "2026-09-01T00:00:00")},
           {"from_date=2026-09-01&to_date=1788220800", bad("to_date", "1788220800")},
           {"from_date=2026-09-01&to_date=2026%2F09%2F02", bad("to_date", "2026/09/02")},
           {"from_date=x&to_date=y", bad("from_date", "x")}},
          read_days);
}

TEST_CASE("a search looks in the id, in $email and in the named properties that somebody has", "[siblings]") {
    const auto project = test::load(
        {{"project.json", R"({"project_id":1})"},
         {"profiles.ndjson", R"({"$distinct_id":"a","$properties":{"$email":"a@b.c","city":"x","plan":1}})"}});
    const auto tree_of = [&](const std::string& text, std::optional<std::vector<std::string>> names) {
        server::query::request::EngageQuery query;
        query.search = text;
        query.output_properties = std::move(names);
        return expr::syntax::to_tree(server::query::plan::make_search(query, *project.users).ast());
    };
    const auto in = [](const std::string& name) {
        return "(and (defined (p \"" + name + "\")) (in \"x\" (string (p \"" + name + "\"))))";
    };
    const std::string in_id = "(in \"x\" (p \"$distinct_id\"))";
    CHECK(tree_of("x", {}) == "(or " + in_id + " " + in("$email") + ")");
    CHECK(tree_of("x", {{"plan", "city", "plan"}}) ==
          "(or " + in_id + " " + in("$email") + " " + in("city") + " " + in("plan") + ")");
    CHECK(tree_of("x", {{"nobody has it", "$email"}}) == "(or " + in_id + " " + in("$email") + ")");
    CHECK(tree_of("", {{"plan"}}) == tree_of("", {}));
}

TEST_CASE("a search of a project without e-mail addresses looks in the id alone", "[siblings]") {
    const auto project = test::numbered_project(1);
    server::query::request::EngageQuery query;
    query.search = "p";
    CHECK(expr::syntax::to_tree(server::query::plan::make_search(query, *project.users).ast()) ==
          "(in \"p\" (p \"$distinct_id\"))");
    query.search = "";
    CHECK_FALSE(server::query::plan::make_search(query, *project.users).ast().root);
}
