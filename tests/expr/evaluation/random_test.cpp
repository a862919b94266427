#include <catch2/catch.hpp>
#include <cctype>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "expr/evaluation/program.hpp"
#include "expr/syntax/parse.hpp"
#include "expr/syntax/signature.hpp"
#include "expr/values/json.hpp"
#include "tests/support/json_record.hpp"
#include "tests/support/random_expression.hpp"

using namespace engage;

namespace {

const std::vector<std::string> kNames{"plan", "age", "tags", "cart", "seen", "missing"};
constexpr const char* kProfile =
    R"({"plan":"Pro","age":41,"tags":["a","Pro",1,null],"cart":{"a":[1,2],"b":"x"},"seen":"2026-09-01T00:00:00"})";
constexpr int kExpressions = 2000;

/// Whether the text has this word, in lower case, right before a parenthesis.
bool calls(const std::string& text, std::string_view function) {
    const auto call = std::string(function) + '(';
    for (auto found = text.find(call); found != std::string::npos; found = text.find(call, found + 1))
        if (found == 0 || (std::islower(static_cast<unsigned char>(text[found - 1])) == 0 && text[found - 1] != '_'))
            return true;
    return false;
}

}  // namespace

TEST_CASE("a random expression of a grammar is read by it, and so is its text", "[expr][random]") {
    const auto grammar = GENERATE(from_range(expr::syntax::kGrammars));
    CAPTURE(expr::syntax::letter_of(grammar));
    std::mt19937 random(20260901);
    for (int i = 0; i < kExpressions; ++i) {
        const auto text = test::random_expression(random, grammar, kNames);
        INFO(text);
        const auto ast = expr::syntax::parse(text, grammar);
        if (!ast) FAIL(ast.error().message);
        const auto again = expr::syntax::parse(expr::syntax::to_text(*ast), grammar);
        if (!again) FAIL(again.error().message);
        if (expr::syntax::to_tree(*again) != expr::syntax::to_tree(*ast)) FAIL(expr::syntax::to_tree(*again));
    }
}

TEST_CASE("random expressions call every function of the table", "[expr][random]") {
    std::mt19937 random(20260904);
    std::set<expr::syntax::Function> called;
    for (int i = 0; i < kExpressions; ++i) {
        const auto text = test::random_expression(random, expr::syntax::Grammar::kFull, kNames);
        for (const auto& function : expr::syntax::all_functions())
            if (calls(text, function.name)) called.insert(function.function);
    }
    CHECK(called.size() == expr::syntax::kFunctions);
}

TEST_CASE("a larger grammar reads what a smaller one does as the same tree", "[expr][random]") {
    std::mt19937 random(20260902);
    for (int i = 0; i < kExpressions; ++i) {
        const auto grammar = expr::syntax::kGrammars[random() % expr::syntax::kGrammars.size()];
        const auto text = test::random_expression(random, grammar, kNames);
        const auto tree = expr::syntax::to_tree(expr::syntax::parse(text, grammar).value());
        for (const auto larger : expr::syntax::kGrammars) {
            if (larger < grammar) continue;
            INFO(text);
            const auto ast = expr::syntax::parse(text, larger);
            if (!ast) FAIL(ast.error().message);
            if (expr::syntax::to_tree(*ast) != tree) FAIL(expr::syntax::to_tree(*ast));
        }
    }
}

TEST_CASE("an expression that notes nothing beyond the known is known, and the other way round", "[expr][random]") {
    std::mt19937 random(20260903);
    for (int i = 0; i < kExpressions; ++i) {
        const auto text = test::random_expression(random, expr::syntax::Grammar::kLenient, kNames);
        INFO(text);
        const auto ast = expr::syntax::parse(text, expr::syntax::Grammar::kLenient).value();
        for (const auto grammar : expr::syntax::kGrammars) {
            bool is_enough = true;
            for (const auto& use : ast.beyond_known) is_enough = is_enough && use.least <= grammar;
            if (expr::syntax::parse(text, grammar).has_value() != is_enough) FAIL(expr::syntax::letter_of(grammar));
        }
    }
}

TEST_CASE("the text of a random expression has the value of the expression", "[expr][random]") {
    std::mt19937 random(20260904);
    const auto profile = nlohmann::ordered_json::parse(kProfile);
    for (int i = 0; i < kExpressions; ++i) {
        const auto text = test::random_expression(random, expr::syntax::Grammar::kLenient, kNames);
        INFO(text);
        const auto value_of = [&](expr::syntax::Ast ast) {
            const expr::evaluation::Program program(std::move(ast));
            expr::values::Arena arena;
            const expr::evaluation::Context context{.now = 1'700'000'000};
            return expr::values::to_json(
                program.evaluate(test::JsonRecord(profile, program.references()), context, arena), context.zone);
        };
        auto ast = expr::syntax::parse(text, expr::syntax::Grammar::kLenient).value();
        auto again = expr::syntax::parse(expr::syntax::to_text(ast), expr::syntax::Grammar::kLenient).value();
        const auto value = value_of(std::move(ast));
        if (value_of(std::move(again)) != value) FAIL(value);
    }
}
