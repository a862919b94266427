#include <catch2/catch.hpp>
#include <sstream>

#include "server/cli/explain.hpp"
#include "server/explain/explain.hpp"
#include "tests/support/test_project.hpp"

using namespace engage;
using namespace engage::server;

namespace {

struct Outcome {
    int exit_code;
    std::string output;
    std::string errors;
};

/// Over the demo project.
Outcome explained(const std::string& where, ExplainOptions options = {}) {
    options.where = where;
    options.now = TimePoint{std::chrono::seconds{1'782'864'000}};
    std::ostringstream out;
    std::ostringstream errors;
    const auto code = run(options, out, errors);
    return {code, out.str(), errors.str()};
}

/// Over profiles with one property `x` each, given as JSON; nothing means that a profile has none.
std::vector<std::string> advice(const std::string& where, const std::vector<std::string>& values) {
    std::string rows;
    for (std::size_t i = 0; i < values.size(); ++i)
        rows += R"({"$distinct_id":"p)" + std::to_string(i) + R"(","$properties":{)" +
                (values[i].empty() ? "" : "\"x\":" + values[i]) + "}}\n";
    const auto project = test::load({{"project.json", R"({"project_id":1})"}, {"profiles.ndjson", rows}});
    const auto explanation = explain(project, {.where = where, .data_group_id = {}, .distinct_id = {}}, {});
    REQUIRE(explanation);
    return explanation->advice;
}

using Lines = std::vector<std::string>;

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
    ExplainOptions options;
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
    ExplainOptions options;
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
    ExplainOptions options;
    options.as_json = true;
    options.distinct_id = "user-0005";
    CHECK(
        explained(R"(properties["plan"] == "gold" or properties["zip"] > "5")", options).output ==
        R"j({"expression":"properties[\"plan\"] == \"gold\" or properties[\"zip\"] > \"5\"",)j"
        R"j("tree":"(or (== (p \"plan\") \"gold\") (> (p \"zip\") \"5\"))","grammar":{"known":["==",">","or"],"assumed":[],"refused":[]},"profiles":2503,"matches":605,)j"
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
    ExplainOptions options;
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
    ExplainOptions options;
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
    ExplainOptions options;
    options.distinct_id = "user-0005";
    const auto text = explained(where, options).output;
    CHECK(text.find("  and 50 more conditions\n") != std::string::npos);
    CHECK(text.find("innermost first:\n  …\n") != std::string::npos);
}

TEST_CASE("advice names what was overlooked and what to write", "[explain]") {
    struct Case {
        const char* where;
        Lines values;
        Lines advice;
    };
    const auto c = GENERATE(values<Case>({
        // Names.
        {R"(properties["X"] == 1)",
         {"1"},
         {R"(no profile has a property "X"; did you mean "x"? (the letter case of names matters))"}},
        {R"(properties["distinct_id"] == "p0")",
         {"1"},
         {R"(no profile has a property "distinct_id"; did you mean "$distinct_id"?)"}},
        {R"(event["x"] == 1)", {"1"}, {R"(event["x"] is undefined on every profile: write properties["x"])"}},
        {R"("x" == 1)", {"1"}, {R"("x" == 1 reads no property: write properties["x"] == 1)"}},
        {R"(1 == 2)", {"1"}, {R"(1 == 2 reads no property: one is written properties["name"])"}},
        // Numbers and strings.
        {R"(properties["x"] == "5")",
         {"5"},
         {R"(properties["x"] is a number on 1 profile and "5" is a string: write properties["x"] == 5)"}},
        {R"("5" < properties["x"])",
         {"5", "\"6\""},
         {R"(properties["x"] is a number on 1 profile and "5" is a string: write 5 < number(properties["x"]))"}},
        {R"(properties["x"] == "a")",
         {"5"},
         {R"(properties["x"] is a number on 1 profile and "a" is a string: the two are never equal)"}},
        {R"(properties["x"] == 5)",
         {"5", "\"5\""},
         {R"(properties["x"] is a string on 1 profile and 5 is a number: write number(properties["x"]) == 5)"}},
        {R"(properties["x"] > 5)",
         {"\"a\""},
         {R"(properties["x"] is a string on 1 profile and 5 is a number: none of the strings is a number)"}},
        {R"(properties["x"] == "true")",
         {"true"},
         {R"(properties["x"] is a boolean on 1 profile and "true" is a string: write properties["x"] == true)"}},
        {R"(properties["x"] == true)",
         {"\"true\""},
         {R"(properties["x"] is a string on 1 profile and true is a boolean: write properties["x"] == "true")"}},
        // Lists and objects.
        {R"("a" == properties["x"])",
         {"[\"a\"]"},
         {R"(properties["x"] is a list on 1 profile, and a list never equals one value: write "a" in properties["x"])"}},
        {R"(properties["x"] != "a")",
         {"[\"a\"]"},
         {R"(properties["x"] is a list on 1 profile, and a list never equals one value: write "a" not in properties["x"])"}},
        {R"(properties["x"] in ["a", "b"])",
         {"[\"a\"]"},
         {R"(properties["x"] is a list on 1 profile, and a list is looked for as a whole: write "a" in properties["x"] or "b" in properties["x"])"}},
        {R"(properties["x"] in [1, 2, 3, 4, 5])",
         {"[\"a\"]"},
         {R"(properties["x"] is a list on 1 profile, and a list is looked for as a whole: write 1 in properties["x"] or …, one for each item)"}},
        {R"(properties["x"] == 5)",
         {R"({"y":5})"},
         {R"(properties["x"] is an object on 1 profile, and an object never equals one value: write properties["x"]["y"] == 5, with the member that you mean)"}},
        {R"(properties["x"] in "abc")",
         {"\"b\""},
         {R"(properties["x"] in "abc" asks whether the property is a part of "abc": write "abc" in properties["x"] for the reverse)"}},
        {R"(5 in properties["x"])",
         {"\"5\""},
         {R"(properties["x"] is a string on 1 profile, and a string contains only strings: write "5" in properties["x"])"}},
        {R"("5" in properties["x"])",
         {"5"},
         {R"(properties["x"] is a number on 1 profile, and a number contains nothing: compare it, or search string(properties["x"]))"}},
        // Dates.
        {R"(properties["x"] > datetime("2026-13-01"))",
         {"\"2026-01-01\""},
         {R"("2026-13-01" is no date: a date is written "2026-09-01" or "2026-09-01T12:00:00")"}},
        {R"(properties["x"] < datetime("2026-12-01"))",
         {"\"2026-01-01\"", "\"soon\""},
         {R"(properties["x"] is no date on 1 profile, e.g. "soon": a date is written "2026-09-01" or "2026-09-01T12:00:00")"}},
        {R"(datetime(properties["x"]) < datetime("2026-12-01"))",
         {"\"2026-01-01\"", "\"01/02/2026\""},
         {R"(properties["x"] is no date on 1 profile, e.g. "01/02/2026": a date is written "2026-09-01" or "2026-09-01T12:00:00")"}},
        {R"(datetime(properties["x"]) < NOW)",
         {"\"2026-01-01\""},
         {"a datetime is compared with the number NOW: write datetime(NOW)"}},
        {R"(properties["x"] < NOW - 60)",
         {"\"2026-01-01\""},
         {R"(properties["x"] is a string on 1 profile and NOW - 60 is a number: write datetime(properties["x"]) < datetime(NOW - 60))"}},
        {R"(properties["x"] < datetime(NOW))",
         {"1700000000"},
         {R"(properties["x"] is a number on 1 profile, and a number is a date only after a cast: write datetime(properties["x"]) < datetime(NOW))"}},
        // What is not there.
        {R"(properties["x"] != "a")",
         {"\"b\"", "", "null"},
         {R"(properties["x"] != "a" also matches the 2 profiles where properties["x"] is not set: to leave them out, write properties["x"] != "a" and defined(properties["x"]))"}},
        {R"(not properties["x"] > 3)",
         {"5", ""},
         {R"(not properties["x"] > 3 also matches the 1 profile where properties["x"] is not set: to leave them out, write not properties["x"] > 3 and defined(properties["x"]))"}},
        {R"(properties["x"] != "a" and defined(properties["x"]))", {"\"b\"", ""}, {}},
        {R"(not defined(properties["x"]))", {"\"b\"", ""}, {}},
        {R"(properties["x"] == null)",
         {"null", ""},
         {R"(properties["x"] == null matches the 1 profile with null but not the 1 profile without the property: write not defined(properties["x"]) for both)"}},
        {R"(properties["x"] == undefined)",
         {"null", "", ""},
         {R"(properties["x"] == undefined matches the 2 profiles without the property but not the 1 profile with null: write not defined(properties["x"]) for both)"}},
        {R"(properties["x"] != null)",
         {"null", "", "1"},
         {R"(properties["x"] != null also matches the 1 profile without the property: write defined(properties["x"]))"}},
        {R"(properties["x"] == null)", {"null", "1"}, {}},
        // True for nobody.
        {R"(properties["x"] == "prp")",
         {"\"pro\""},
         {R"(properties["x"] == "prp" is true for no profile; did you mean "pro"?)"}},
        {R"(properties["x"] == "gold")",
         {"\"pro\"", "\"free\""},
         {R"(properties["x"] == "gold" is true for no profile; properties["x"] is one of "free", "pro")"}},
        {R"(properties["x"] == "*@a.com")",
         {"\"b@a.com\""},
         {R"(properties["x"] == "*@a.com" is true for no profile; a part of a string is found by "@a.com" in properties["x"])"}},
        {R"(properties["x"] > [1])",
         {"1"},
         {R"(properties["x"] > [1] is true for no profile; on 1 profile it meets a number and a list, which do not go together)"}},
        {R"(properties["x"] > 1 and properties["x"] < 4)",
         {"0", "5"},
         {"each condition is true for some profile, but no profile meets the whole expression"}},
        // Letter case.
        {R"(properties["x"] == "PRO")",
         {"\"pro\"", "\"PRO\""},
         {R"(letter case does not matter: "PRO" also equals "pro", on 1 profile)"}},
        {R"(properties["x"] == "pro")", {"\"pro\""}, {}},
    }));
    CAPTURE(c.where);
    CHECK(advice(c.where, c.values) == c.advice);
}

TEST_CASE("explain reads the expression as the switches say", "[explain]") {
    ExplainOptions options;
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
  * the query is refused (where.logical_operands=refuse): on the profile user-0012 'and' takes a boolean or undefined, found a value of type number
)");
    options.switches = {};
    const auto refused = explained(R"(has_prefix(properties["plan"], "ent"))", options);
    CHECK(refused.errors ==
          "engage-emulator: at character 0: 'has_prefix' is part of the full expression language, not accepted by the "
          "engage endpoint\n"
          "has_prefix(properties[\"plan\"], \"ent\")\n"
          "^\n");
}
