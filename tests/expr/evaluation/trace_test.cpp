#include "expr/evaluation/trace.hpp"

#include <catch2/catch.hpp>

#include "expr/evaluation/program.hpp"
#include "expr/syntax/parse.hpp"
#include "expr/values/json.hpp"
#include "tests/support/json_record.hpp"

using namespace engage;

namespace {

/// The steps with their values, one a line, indented by depth.
std::string traced(const char* text, const char* properties, std::size_t most = 100) {
    const auto ast = expr::syntax::parse(text).value();
    const expr::evaluation::Trace trace(ast);
    const test::JsonRecord record(nlohmann::ordered_json::parse(properties), trace.references());
    expr::values::Arena arena;
    std::string lines;
    for (const auto& [node, depth] : expr::evaluation::steps_of(ast, most)) {
        const auto value = trace.value(*node, record, {.now = 60, .zone = {}}, arena);
        lines += std::string(2 * depth, ' ') + expr::syntax::to_text(*node) + " = " +
                 expr::values::to_json(value.value(), {}) + '\n';
    }
    return lines;
}

}  // namespace

TEST_CASE("the text of a long part is made in part", "[expr][trace]") {
    const auto ast =
        expr::syntax::parse("[[\"" + std::string(900'000, 'a') + R"("], ["é", properties["bc"] == 1 or true]])")
            .value();
    const auto text = expr::syntax::to_text(*ast.root);
    CHECK((expr::syntax::to_text(*ast.root, text.size()) == text));
    CHECK((expr::syntax::to_text(*ast.root, text.size() - 1) == text.substr(0, text.size() - 1) + "…"));
    CHECK(expr::syntax::to_text(*ast.root, 6) == "[[\"aaa…");
    const auto& second = *std::get<expr::syntax::ListOf>(ast.root->is).items[1];
    CHECK(expr::syntax::to_text(second, 3) == "[\"…");
    CHECK(expr::syntax::to_text(second, 15) == "[\"é\", properti…");
    CHECK(expr::syntax::to_text(second, 0) == "…");
}

TEST_CASE("each part of an expression is traced, operands first", "[expr][trace]") {
    CHECK(traced(R"(not user["a"] + 1 == 3 and ("x" in [user["b"], "y"] or -(NOW) < list(user["a"])[0]))",
                 R"({"a": 2, "b": "X"})") ==
          R"(        user["a"] = 2
      user["a"] + 1 = 3
    user["a"] + 1 == 3 = true
  not user["a"] + 1 == 3 = false
        user["b"] = "X"
      [user["b"], "y"] = ["X","y"]
    "x" in [user["b"], "y"] = true
        NOW = 60
      - NOW = -60
          user["a"] = 2
        list(user["a"]) = null
      list(user["a"])[0] = null
    - NOW < list(user["a"])[0] = null
  "x" in [user["b"], "y"] or - NOW < list(user["a"])[0] = true
not user["a"] + 1 == 3 and ("x" in [user["b"], "y"] or - NOW < list(user["a"])[0]) = false
)");
}

TEST_CASE("a long trace keeps the root and what stands nearest to it", "[expr][trace]") {
    CHECK(traced(R"(user["a"] == 1 or user["b"] == 2)", R"({"b": 2})", 3) ==
          R"(    user["b"] = 2
  user["b"] == 2 = true
user["a"] == 1 or user["b"] == 2 = true
)");
    CHECK(traced("5", "{}").empty());
}

TEST_CASE("what uses a name that is bound around it has no value of its own", "[expr][trace]") {
    const auto ast =
        expr::syntax::parse(R"(any(x, user["l"], x > user["a"] and let(y, 1, y) == 1))", expr::syntax::Grammar::kFull)
            .value();
    const expr::evaluation::Trace trace(ast);
    const test::JsonRecord record(nlohmann::ordered_json::parse(R"({"a": 2, "l": [3]})"), trace.references());
    expr::values::Arena arena;
    std::string lines;
    for (const auto& [node, depth] : expr::evaluation::steps_of(ast, 100)) {
        const auto value = trace.value(*node, record, {}, arena);
        lines += expr::syntax::to_text(*node) + " = " + (value ? expr::values::to_json(*value, {}) : "none") + '\n';
    }
    CHECK(lines ==
          R"(user["l"] = [3]
x = none
user["a"] = 2
x > user["a"] = none
y = none
let(y, 1, y) = 1
let(y, 1, y) == 1 = true
x > user["a"] and let(y, 1, y) == 1 = none
any(x, user["l"], x > user["a"] and let(y, 1, y) == 1) = true
)");
}

TEST_CASE("a node that exhausts the budget is undefined, as it is for a query", "[expr][trace]") {
    const auto ast = expr::syntax::parse(R"x(not regex_match(user["t"], "(a|aa)+[bc]") or user["u"] == 1)x",
                                         expr::syntax::Grammar::kFull)
                         .value();
    const expr::evaluation::Trace trace(ast);
    const nlohmann::ordered_json properties{{"t", std::string(1000, 'a')}, {"u", 1}};
    const test::JsonRecord record(properties, trace.references());
    expr::values::Arena arena;
    std::string lines;
    for (const auto& [node, depth] : expr::evaluation::steps_of(ast, 100)) {
        const auto value = trace.value(*node, record, {}, arena).value();
        lines += expr::syntax::to_text(*node) + " is " + std::string(expr::values::type_name(value.type())) + '\n';
    }
    CHECK(lines ==
          R"x(user["t"] is string
regex_match(user["t"], "(a|aa)+[bc]") is undefined
not regex_match(user["t"], "(a|aa)+[bc]") is undefined
user["u"] is number
user["u"] == 1 is boolean
not regex_match(user["t"], "(a|aa)+[bc]") or user["u"] == 1 is undefined
)x");
    const expr::evaluation::Program program(
        expr::syntax::parse(expr::syntax::to_text(ast), expr::syntax::Grammar::kFull).value());
    CHECK_FALSE(program.matches(test::JsonRecord(properties, program.references()), {}, arena));
}
