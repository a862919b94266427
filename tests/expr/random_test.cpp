#include <catch2/catch.hpp>
#include <cctype>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "expr/json.hpp"
#include "expr/parse.hpp"
#include "expr/program.hpp"
#include "expr/signature.hpp"
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
    const auto grammar = GENERATE(from_range(expr::kGrammars));
    CAPTURE(expr::letter_of(grammar));
    std::mt19937 random(20260901);
    for (int i = 0; i < kExpressions; ++i) {
        const auto text = test::random_expression(random, grammar, kNames);
        INFO(text);
        const auto ast = expr::parse(text, grammar);
        if (!ast) FAIL(ast.error().message);
        const auto again = expr::parse(expr::to_text(*ast), grammar);
        if (!again) FAIL(again.error().message);
        if (expr::to_tree(*again) != expr::to_tree(*ast)) FAIL(expr::to_tree(*again));
    }
}

TEST_CASE("random expressions call every function of the table", "[expr][random]") {
    std::mt19937 random(20260904);
    std::set<expr::Function> called;
    for (int i = 0; i < kExpressions; ++i) {
        const auto text = test::random_expression(random, expr::Grammar::kFull, kNames);
        for (const auto& function : expr::all_functions())
            if (calls(text, function.name)) called.insert(function.function);
    }
    CHECK(called.size() == expr::kFunctions);
}

TEST_CASE("a larger grammar reads what a smaller one does as the same tree", "[expr][random]") {
    std::mt19937 random(20260902);
    for (int i = 0; i < kExpressions; ++i) {
        const auto grammar = expr::kGrammars[random() % expr::kGrammars.size()];
        const auto text = test::random_expression(random, grammar, kNames);
        const auto tree = expr::to_tree(expr::parse(text, grammar).value());
        for (const auto larger : expr::kGrammars) {
            if (larger < grammar) continue;
            INFO(text);
            const auto ast = expr::parse(text, larger);
            if (!ast) FAIL(ast.error().message);
            if (expr::to_tree(*ast) != tree) FAIL(expr::to_tree(*ast));
        }
    }
}

TEST_CASE("an expression that notes nothing beyond the known is known, and the other way round", "[expr][random]") {
    std::mt19937 random(20260903);
    for (int i = 0; i < kExpressions; ++i) {
        const auto text = test::random_expression(random, expr::Grammar::kLenient, kNames);
        INFO(text);
        const auto ast = expr::parse(text, expr::Grammar::kLenient).value();
        for (const auto grammar : expr::kGrammars) {
            bool is_enough = true;
            for (const auto& use : ast.beyond_known) is_enough = is_enough && use.least <= grammar;
            if (expr::parse(text, grammar).has_value() != is_enough) FAIL(expr::letter_of(grammar));
        }
    }
}

TEST_CASE("the text of a random expression has the value of the expression", "[expr][random]") {
    std::mt19937 random(20260904);
    const auto profile = nlohmann::ordered_json::parse(kProfile);
    for (int i = 0; i < kExpressions; ++i) {
        const auto text = test::random_expression(random, expr::Grammar::kLenient, kNames);
        INFO(text);
        const auto value_of = [&](expr::Ast ast) {
            const expr::Program program(std::move(ast));
            expr::Arena arena;
            const expr::Context context{.now = 1'700'000'000};
            return expr::to_json(program.evaluate(test::JsonRecord(profile, program.references()), context, arena),
                                 context.zone);
        };
        auto ast = expr::parse(text, expr::Grammar::kLenient).value();
        auto again = expr::parse(expr::to_text(ast), expr::Grammar::kLenient).value();
        const auto value = value_of(std::move(ast));
        if (value_of(std::move(again)) != value) FAIL(value);
    }
}
