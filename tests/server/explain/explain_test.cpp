#include <catch2/catch.hpp>
#include <sstream>

#include "server/cli/explain.hpp"

using namespace engage;
using namespace engage::server;

namespace {

struct Outcome {
    int exit_code;
    std::string output;
    std::string errors;
};

/// Over the demo project.
Outcome explained(const std::string& where, cli::ExplainOptions options = {}) {
    options.where = where;
    options.now = time::TimePoint{std::chrono::seconds{1'782'864'000}};
    std::ostringstream out;
    std::ostringstream errors;
    const auto code = cli::run(options, out, errors);
    return {code, out.str(), errors.str()};
}

}  // namespace

TEST_CASE("an expression is explained condition by condition, with advice", "[explain]") {
    const auto outcome = explained("properties[\"Total Spent\"] > '500' and properties[\"plan\"] != \"free\"");
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.errors.empty());
    CHECK(outcome.output == R"(expression: properties["Total Spent"] > "500" and properties["plan"] != "free"
tree: (and (> (p "Total Spent") "500") (!= (p "plan") "free"))
known to be accepted by the engage endpoint: >, !=, and
assumed to be accepted: a string in single quotes at character 28

0 of 2503 profiles match:
  properties["Total Spent"] > "500": true for 0 profiles
    properties["Total Spent"] is number 2503
    types that do not go together: number > string on 2503
  properties["plan"] != "free": true for 1062 profiles
    properties["plan"] is string 2432, undefined 71

advice:
  * properties["Total Spent"] is a number on 2503 profiles and "500" is a string: write properties["Total Spent"] > 500
)");
}

TEST_CASE("with an id, each part has its value for that profile", "[explain]") {
    cli::ExplainOptions options;
    options.distinct_id = "user-0005";
    CHECK(
        explained(R"(not properties["address"]["zip"] == 5 and datetime(properties["renews_on"]) < datetime(NOW)
                       and properties["nope"] == null)",
                  options)
            .output ==
        R"(expression: not properties["address"]["zip"] == 5 and datetime(properties["renews_on"]) < datetime(NOW) and properties["nope"] == null
tree: (and (not (== (idx (p "address") "zip") 5)) (< (datetime (p "renews_on")) (datetime NOW)) (== (p "nope") null))
known to be accepted by the engage endpoint: ==, not, datetime(), NOW, <, and
assumed to be accepted: an index in brackets at character 25, 'null' at character 141

0 of 2503 profiles match:
  properties["address"]["zip"] == 5: true for 0 profiles
    properties["address"] is object 2026, undefined 477
    types that do not go together: string == number on 2026
  datetime(properties["renews_on"]) < datetime(NOW): true for 484 profiles
    properties["renews_on"] is string 991, undefined 1512
  properties["nope"] == null: true for 0 profiles
    properties["nope"] is undefined 2503

profile user-0005 does not match, innermost first:
          properties["address"]: {"geo":{"lat":48.8,"lon":2.3},"street":"69 Main St","zip":"2… (object)
        properties["address"]["zip"]: "23925" (string)
      properties["address"]["zip"] == 5: false
    not properties["address"]["zip"] == 5: true
        properties["renews_on"]: "2026-03-19" (string)
      datetime(properties["renews_on"]): "2026-03-19T00:00:00" (datetime)
        NOW: 1782864000 (number)
      datetime(NOW): "2026-06-30T17:00:00" (datetime)
    datetime(properties["renews_on"]) < datetime(NOW): true
      properties["nope"]: undefined
    properties["nope"] == null: false
  not properties["address"]["zip"] == 5 and datetime(properties["renews_on"]) < datetime(NOW) and properties["nope"] == null: false

advice:
  * no profile has a property "nope"
)");
}

TEST_CASE("a data group has profiles of its own", "[explain]") {
    cli::ExplainOptions options;
    options.data_group_id = "-1405123841946871899";
    options.distinct_id = "company-001";
    CHECK(explained(R"(properties["$group_id"] == "company-001")", options).output ==
          R"(expression: properties["$group_id"] == "company-001"
tree: (== (p "$group_id") "company-001")
known to be accepted by the engage endpoint: ==

1 of 120 profiles match:
  properties["$group_id"] == "company-001": true for 1 profile
    properties["$group_id"] is string 120

profile company-001 matches, innermost first:
    properties["$group_id"]: "company-001" (string)
  properties["$group_id"] == "company-001": true
)");
    CHECK(explained("  ").output == "no filter: all 2503 profiles match\n");
}

TEST_CASE("JSON says the same", "[explain]") {
    cli::ExplainOptions options;
    options.as_json = true;
    options.distinct_id = "user-0005";
    CHECK(
        explained(R"(properties["plan"] == "gold" or properties["zip"] > "5")", options).output ==
        R"j({"expression":"properties[\"plan\"] == \"gold\" or properties[\"zip\"] > \"5\"",)j"
        R"j("tree":"(or (== (p \"plan\") \"gold\") (> (p \"zip\") \"5\"))","grammar":{"known":["==",">","or"],"assumed":[],"refused":[]},"profiles":2503,"matches":605,"looked_at":2503,)j"
        R"j("conditions":[{"condition":"properties[\"plan\"] == \"gold\"","matches":0,"properties":[{"property":"properties[\"plan\"]",)j"
        R"j("types":{"undefined":71,"string":2432}}],"types_that_do_not_go_together":[]},)j"
        R"j({"condition":"properties[\"zip\"] > \"5\"","matches":605,"properties":[{"property":"properties[\"zip\"]",)j"
        R"j("types":{"undefined":392,"boolean":273,"number":782,"string":1056}}],)j"
        R"j("types_that_do_not_go_together":[{"types":"boolean > string","profiles":273},{"types":"number > string","profiles":782}]}],)j"
        R"j("conditions_left_out":0,"profile":{"distinct_id":"user-0005","matches":false,"steps":[)j"
        R"j({"depth":2,"expression":"properties[\"plan\"]","value":"pro","type":"string"},)j"
        R"j({"depth":1,"expression":"properties[\"plan\"] == \"gold\"","value":false,"type":"boolean"},)j"
        R"j({"depth":2,"expression":"properties[\"zip\"]","value":28374,"type":"number"},)j"
        R"j({"depth":1,"expression":"properties[\"zip\"] > \"5\"","value":null,"type":"undefined"},)j"
        R"j({"depth":0,"expression":"properties[\"plan\"] == \"gold\" or properties[\"zip\"] > \"5\"","value":false,"type":"boolean"}]},)j"
        R"j("advice":["properties[\"plan\"] == \"gold\" is true for no profile; properties[\"plan\"] is one of \"enterprise\", \"free\", \"pro\"",)j"
        R"j("properties[\"zip\"] is a number on 782 profiles and \"5\" is a string: write number(properties[\"zip\"]) > 5"]})j"
        "\n");
}

TEST_CASE("a mistake is shown where it stands, as text and as JSON", "[explain]") {
    const std::string wrong = "properties[\"plan\"] = \"pro\"\n  and properties[plan]";
    const auto text = explained(wrong);
    CHECK(text.exit_code == 2);
    CHECK(text.output.empty());
    CHECK(text.errors ==
          "engage-emulator: at character 44 (line 2, column 18): expected a quoted property name, e.g. "
          "properties[\"plan\"]\n"
          "  and properties[plan]\n"
          "                 ^\n");
    cli::ExplainOptions options;
    options.as_json = true;
    const auto json = explained(wrong, options);
    CHECK(json.exit_code == 2);
    CHECK(json.errors.empty());
    CHECK(
        json.output ==
        R"j({"error":{"offset":44,"line":2,"column":18,"message":"expected a quoted property name, e.g. properties[\"plan\"]",)j"
        R"j("source":"  and properties[plan]","caret":"                 ^"}})j"
        "\n");
}

TEST_CASE("an unknown profile or data group is named, with what is near", "[explain]") {
    cli::ExplainOptions options;
    options.distinct_id = "user-00005";
    CHECK(explained("1", options).errors ==
          "engage-emulator: no profile \"user-00005\"; did you mean \"user-0005\"?\n");
    options.distinct_id = "nobody at all";
    CHECK(explained("1", options).errors == "engage-emulator: no profile \"nobody at all\"\n");
    options.data_group_id = "5";
    CHECK(explained("1", options).errors ==
          "engage-emulator: no data group 5 in the project; it has -1405123841946871899 (company)\n");
    CHECK(explained("1", options).exit_code == 2);
}

TEST_CASE("an expression of many conditions is explained in part", "[explain]") {
    std::string where = "properties[\"plan\"] == \"0\"";
    for (int i = 1; i < 150; ++i) where += " or properties[\"plan\"] == \"" + std::to_string(i) + '"';
    cli::ExplainOptions options;
    options.distinct_id = "user-0005";
    const auto text = explained(where, options).output;
    CHECK(text.find("  and 50 more conditions\n") != std::string::npos);
    CHECK(text.find("innermost first:\n  …\n") != std::string::npos);
}

TEST_CASE("explain reads the expression as the switches say", "[explain]") {
    cli::ExplainOptions options;
    REQUIRE(options.switches.set("where.grammar=A"));
    REQUIRE(options.switches.set("where.logical_operands=refuse"));
    CHECK(explained(R"(has_prefix(properties["plan"], "ent") and properties["logins"])", options).output ==
          R"(expression: has_prefix(properties["plan"], "ent") and properties["logins"]
tree: (and (has_prefix (p "plan") "ent") (p "logins"))
known to be accepted by the engage endpoint: and
not accepted by it: has_prefix() at character 0

247 of 2503 profiles match:
  has_prefix(properties["plan"], "ent"): true for 248 profiles
    properties["plan"] is string 2432, undefined 71
  properties["logins"]: true for 2498 profiles
    properties["logins"] is number 2503

advice:
  * the query is refused (where.logical_operands=refuse): 'and' takes a boolean or undefined, found a value of type number
)");
    options.switches = {};
    const auto refused = explained(R"(has_prefix(properties["plan"], "ent"))", options);
    CHECK(refused.errors ==
          "engage-emulator: at character 0: 'has_prefix' is part of the full expression language, not accepted by the "
          "engage endpoint\n"
          "has_prefix(properties[\"plan\"], \"ent\")\n"
          "^\n");
}
