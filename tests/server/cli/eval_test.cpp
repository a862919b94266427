#include "server/cli/eval.hpp"

#include <catch2/catch.hpp>
#include <sstream>

using namespace engage;
using namespace engage::server;

namespace {

struct Outcome {
    int exit_code;
    std::string output;
    std::string errors;
};

Outcome evaluate(const cli::EvalOptions& options, const std::string& input = {}) {
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream errors;
    const auto code = cli::run(options, in, out, errors);
    return {code, out.str(), errors.str()};
}

std::string batch(const std::string& line, bool parse_only = false) {
    cli::EvalOptions options;
    options.batch = true;
    options.parse_only = parse_only;
    return evaluate(options, line + "\n").output;
}

}  // namespace

TEST_CASE("each line of a batch is answered with verdict, value and type", "[eval]") {
    struct Case {
        const char* line;
        const char* answer;
    };
    const auto c = GENERATE(values<Case>({
        {R"j({"where":"properties[\"age\"] >= 18","properties":{"age":21}})j",
         R"j({"matches":true,"value":true,"type":"boolean"})j"},
        {R"j({"where":"properties[\"x\"]","properties":{"x":[1,"a",null,{"b":2.5}]}})j",
         R"j({"matches":true,"value":[1,"a",null,{"b":2.5}],"type":"list"})j"},
        {R"j({"where":"properties[\"x\"]","properties":{"x":{}}})j",
         R"j({"matches":false,"value":{},"type":"object"})j"},
        {R"j({"where":"properties[\"x\"]","properties":{}})j",
         R"j({"matches":false,"value":null,"type":"undefined"})j"},
        {R"j({"where":"properties[\"x\"]","properties":{"x":null}})j",
         R"j({"matches":false,"value":null,"type":"null"})j"},
        {R"j({"where":"properties[\"x\"] + 1","properties":{"x":1}})j",
         R"j({"matches":true,"value":2,"type":"number"})j"},
        {R"j({"where":"properties[\"$distinct_id\"]","distinct_id":"u\"1"})j",
         R"j({"matches":true,"value":"u\"1","type":"string"})j"},
        {R"j({"where":"NOW","now":1700000000})j", R"j({"matches":true,"value":1700000000,"type":"number"})j"},
        {R"j({"where":"NOW","now":"2023-11-14T22:13:20Z"})j",
         R"j({"matches":true,"value":1700000000,"type":"number"})j"},
        {R"j({"where":"datetime(NOW)","now":1700000000,"timezone":"US/Pacific"})j",
         R"j({"matches":true,"value":"2023-11-14T14:13:20","type":"datetime"})j"},
        {R"j({"where":""})j", R"j({"matches":true,"value":null,"type":"undefined"})j"},
        {R"j({"where":"1 +"})j", R"j({"error":{"offset":3,"message":"expected a value after '+' or '-'"}})j"},
        {R"j({"where":1})j", R"j({"error":{"offset":0,"message":"where: expected a string"}})j"},
        {R"j({"properties":{}})j", R"j({"error":{"offset":0,"message":"where: expected a string"}})j"},
        {R"j({"where":"1","properties":[]})j",
         R"j({"error":{"offset":0,"message":"properties: expected an object"}})j"},
        {R"j({"where":"1","distinct_id":1})j",
         R"j({"error":{"offset":0,"message":"distinct_id: expected a string"}})j"},
        {R"j({"where":"1","now":"noon"})j",
         R"j({"error":{"offset":0,"message":"now: expected Unix seconds or an ISO 8601 time"}})j"},
        {R"j({"where":"1","tz":"UTC"})j",
         R"j({"error":{"offset":0,"message":"unknown key \"tz\": expected where, tree, properties, distinct_id, timezone or now"}})j"},
        {"nonsense", R"j({"error":{"offset":0,"message":"expected a JSON object a line"}})j"},
    }));
    CHECK(batch(c.line) == std::string(c.answer) + "\n");
}

TEST_CASE("a wrong line does not stop a batch, and blank lines are passed over", "[eval]") {
    cli::EvalOptions options;
    options.batch = true;
    const auto outcome = evaluate(options, "{\"where\":\"1\"}\n\nnonsense\n{\"where\":\"2\"}");
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.output ==
          "{\"matches\":true,\"value\":1,\"type\":\"number\"}\n"
          "{\"error\":{\"offset\":0,\"message\":\"expected a JSON object a line\"}}\n"
          "{\"matches\":true,\"value\":2,\"type\":\"number\"}\n");
}

TEST_CASE("the parse tree is printed in prefix notation", "[eval]") {
    CHECK(batch(R"j({"where":"properties[\"plan\"] == \"pro\" and not user[\"x\"] in [1]"})j", true) ==
          R"j({"tree":"(and (== (p \"plan\") \"pro\") (not (in (u \"x\") (list 1))))"})j"
          "\n");
}

TEST_CASE("a single expression prints its answer, a wrong one shows where", "[eval]") {
    cli::EvalOptions options;
    options.expression = "properties[\"age\"] >= 18";
    options.properties = R"j({"age": 21})j";
    CHECK(evaluate(options).output == "{\"matches\":true,\"value\":true,\"type\":\"boolean\"}\n");
    options.expression = "properties[age]";
    const auto wrong = evaluate(options);
    CHECK(wrong.exit_code == 2);
    CHECK(wrong.output.empty());
    CHECK(wrong.errors ==
          "engage-emulator: at character 11: expected a quoted property name, e.g. properties[\"plan\"]\n"
          "properties[age]\n"
          "           ^\n");
    options.properties = "[]";
    CHECK(evaluate(options).errors == "engage-emulator: --properties: expected a JSON object\n");
    options.properties = "{}";
    options.timezone = "Moon";
    CHECK(evaluate(options).errors.find("engage-emulator: --timezone: ") == 0);
}

TEST_CASE("a JSON tree is evaluated, printed and refused like an expression", "[eval]") {
    cli::EvalOptions options;
    options.tree =
        R"j({"operator":">=","children":[{"property":"user","value":"age"},{"property":"literal","value":18}]})j";
    options.properties = R"j({"age": 21})j";
    CHECK(evaluate(options).output == "{\"matches\":true,\"value\":true,\"type\":\"boolean\"}\n");
    options.as_text = true;
    CHECK(evaluate(options).output == R"j({"text":"user[\"age\"] >= 18"})j"
                                      "\n");
    options.parse_only = true;
    CHECK(evaluate(options).output == R"j({"tree":"(>= (u \"age\") 18)","text":"user[\"age\"] >= 18"})j"
                                      "\n");
    options.tree = R"j({"operator":"not_in","children":[]})j";
    const auto wrong = evaluate(options);
    CHECK(wrong.exit_code == 2);
    CHECK(wrong.errors == "engage-emulator: --tree: /operator: unknown operator \"not_in\"; did you mean 'not in'?\n");
    options.tree = "{";
    CHECK(evaluate(options).errors ==
          "engage-emulator: --tree: /: expected a quoted key or '}', found the end of the file\n");
    options.tree = "1 2";
    CHECK(evaluate(options).errors == "engage-emulator: --tree: expected the end after the JSON value\n");
}

TEST_CASE("a line of a batch may hold a tree", "[eval]") {
    CHECK(batch(R"j({"tree":{"property":"user","value":"x"},"properties":{"x":5}})j") ==
          R"j({"matches":true,"value":5,"type":"number"})j"
          "\n");
    CHECK(batch(R"j({"tree":null})j") == R"j({"matches":true,"value":null,"type":"undefined"})j"
                                         "\n");
    CHECK(
        batch(R"j({"tree":{"operator":"not","children":[5]}})j") ==
        R"j({"error":{"pointer":"/children/0","message":"expected an object with \"operator\" and \"children\" or with \"property\" and \"value\", found 5"}})j"
        "\n");
    CHECK(batch(R"j({"tree":null,"where":""})j") ==
          R"j({"error":{"offset":0,"message":"expected one of where and tree, found both"}})j"
          "\n");
}

TEST_CASE("a mistake in an expression of several lines is told with line and column", "[eval]") {
    cli::EvalOptions options;
    options.expression = "properties[\"é\"] == 1\n  and é(2)";
    CHECK(evaluate(options).errors ==
          "engage-emulator: at character 27 (line 2, column 7): expected an expression after 'and' or 'not'\n"
          "  and é(2)\n"
          "      ^\n");
}

TEST_CASE("properties that are no JSON object are refused with the place", "[eval]") {
    const auto refusal = [](const std::string& properties) {
        cli::EvalOptions options;
        options.expression = "true";
        options.properties = properties;
        const auto outcome = evaluate(options);
        CHECK(outcome.exit_code == 2);
        return outcome.errors;
    };
    CHECK(refusal(R"({"a": 1,})") ==
          "engage-emulator: --properties: at character 8: /a: expected a quoted key after ',', found '}'\n"
          "{\"a\": 1,}\n"
          "        ^\n");
    CHECK(refusal(R"({"é": {"b": 1, "b": 2}})") ==
          "engage-emulator: --properties: at character 16: /é/b: duplicate key\n"
          "{\"é\": {\"b\": 1, \"b\": 2}}\n"
          "                ^\n");
    CHECK(refusal("[1]") == "engage-emulator: --properties: expected a JSON object\n");
    CHECK(refusal("") == "engage-emulator: --properties: expected a JSON value, found nothing\n");
}
