#include <catch2/catch.hpp>

#include "server/explain/explain_json.hpp"
#include "server/explain/explain_text.hpp"
#include "tests/support/test_project.hpp"

using namespace engage;
using namespace engage::server;

TEST_CASE("a survey ends when its work is done, and says how far it came", "[explain]") {
    const auto served = std::make_shared<const space::Snapshot>(
        std::make_shared<const fixtures::project::Project>(test::numbered_project(50)));
    const explain::ExplainQuery query{R"(properties["n"] > 40 and properties["n"] != "a")", {}, {}};
    // Seven units for each profile: three nodes of each condition, and one.
    const auto explanation = explain::explain(served, query, {}, /*most_work=*/7 * 20);
    REQUIRE(explanation);
    CHECK(explain::explanation_text(*explanation) ==
          R"(expression: properties["n"] > 40 and properties["n"] != "a"
tree: (and (> (p "n") 40) (!= (p "n") "a"))
known to be accepted by the engage endpoint: >, !=, and

10 of 50 profiles match; looked at 20 of 50 profiles:
  properties["n"] > 40: true for 0 profiles
    properties["n"] is number 20
  properties["n"] != "a": true for 20 profiles
    properties["n"] is number 20
    types that do not go together: number != string on 20

advice:
  * properties["n"] > 40 is true for none of the 20 profiles looked at
  * properties["n"] is a number on 20 profiles and "a" is a string: the two are never equal
)");
    CHECK(explain::explanation_json(*explanation).find(R"("profiles":50,"matches":10,"looked_at":20,)") !=
          std::string::npos);
    CHECK(explain::explain(served, query, {}, /*most_work=*/0)->looked_at == 1);
    CHECK(explain::explain(served, query, {}, /*most_work=*/7 * 50)->looked_at == 50);
}

TEST_CASE("an explanation is small whatever is explained", "[explain]") {
    const auto served = std::make_shared<const space::Snapshot>(
        std::make_shared<const fixtures::project::Project>(test::numbered_project(1)));
    const auto size_of = [&](const std::string& where) {
        const auto explanation = explain::explain(served, {where, {}, "p0001", expr::syntax::Grammar::kEngage}, {});
        REQUIRE(explanation);
        return explain::explanation_json(*explanation).size();
    };
    const auto repeated = [](std::size_t times, const std::string& text) {
        std::string all;
        for (std::size_t i = 0; i < times; ++i) all += text;
        return all;
    };
    const std::string long_text(900'000, 'a');
    constexpr std::size_t kMegabyte = 1'000'000;
    CHECK(size_of(repeated(150, "[") + '"' + long_text + '"' + repeated(150, "]")) < kMegabyte);
    CHECK(size_of("properties[\"" + long_text + "\"] == 1") < kMegabyte);
    CHECK(size_of("1 == 1" + repeated(100, " or properties[\"" + std::string(9'000, '\x01') + "\"] == \"b\"")) <
          kMegabyte);
    CHECK(size_of("1 == 1" + repeated(20'000, " or properties[\"x\"] == \"\x01\"")) < kMegabyte);
}

TEST_CASE("long parts and values are cut", "[explain]") {
    const auto served = std::make_shared<const space::Snapshot>(
        std::make_shared<const fixtures::project::Project>(test::numbered_project(1)));
    const auto letters = [](std::size_t count) { return std::string(count, 'a'); };
    const auto explanation =
        explain::explain(served, {"[\"" + letters(300) + "\"]", {}, "p0001", expr::syntax::Grammar::kEngage}, {});
    REQUIRE(explanation);
    CHECK(explain::explanation_json(*explanation) ==
          R"j({"expression":"[\")j" + letters(300) + R"j(\"]","tree":"(list \")j" + letters(300) +
              R"j(\")","grammar":{"known":[],"assumed":["a list literal at character 0"],"refused":[]},)j" +
              R"j("profiles":1,"matches":1,"looked_at":1,"conditions":[{"condition":"[\")j" + letters(198) +
              R"j(…","matches":1,"properties":[],"types_that_do_not_go_together":[]}],"conditions_left_out":0,)j" +
              R"j("profile":{"distinct_id":"p0001","matches":true,"steps":[{"depth":0,"expression":"[\")j" +
              letters(198) + R"j(…","value":"[\")j" + letters(198) +
              R"j(…","is_value_cut":true,"type":"list"}]},"advice":[]})j");
}
