#include <array>
#include <catch2/catch.hpp>
#include <set>

#include "expr/syntax/parse.hpp"
#include "tests/support/case_file.hpp"
#include "tests/support/corpus_file.hpp"

using namespace engage;

namespace {

/// Expressions that people really wrote, with their public sources.
std::vector<test::CorpusRow> corpus() {
    return test::parse_corpus(test::read_data(ENGAGE_SOURCE_DIR "/tests/expr/corpus.tsv"), "corpus.tsv");
}

bool accepts(expr::syntax::Grammar grammar, const test::CorpusRow& row) {
    for (const auto least : expr::syntax::kGrammars)
        if (row.profile == expr::syntax::letter_of(least)) return grammar >= least;
    return false;
}

}  // namespace

TEST_CASE("every grammar takes the expressions of the corpus that are its own, and no others", "[expr][corpus]") {
    const auto grammar = GENERATE(from_range(expr::syntax::kGrammars));
    CAPTURE(expr::syntax::letter_of(grammar));
    int accepted = 0;
    for (const auto& row : corpus()) {
        INFO(row.at.text() << "  " << row.expression);
        const auto ast = expr::syntax::parse(row.expression, grammar);
        CHECK(ast.has_value() == accepts(grammar, row));
        if (!ast) {
            CHECK_FALSE(ast.error().message.empty());
            CHECK(ast.error().message.find('\n') == std::string::npos);
            CHECK(ast.error().offset <= row.expression.size());
            continue;
        }
        ++accepted;
        CHECK(expr::syntax::to_tree(*ast) == row.tree);
        const auto again = expr::syntax::parse(expr::syntax::to_text(*ast), grammar);
        CHECKED_IF(again.has_value()) { CHECK(expr::syntax::to_tree(*again) == row.tree); }
        CHECK(ast->beyond_known.empty() == (row.profile == 'H'));
    }
    CHECK(accepted == std::array{153, 170, 181, 184}[static_cast<std::size_t>(grammar)]);
}

TEST_CASE("refused.case pins the whole message for every expression that is refused", "[expr][corpus]") {
    std::set<std::string> refused;
    for (const auto& row : corpus())
        if (!accepts(expr::syntax::Grammar::kEngage, row)) refused.insert(row.expression);
    std::set<std::string> pinned;
    for (const auto& one : test::read_cases(ENGAGE_SOURCE_DIR "/tests/expr/cases/refused.case"))
        pinned.insert(one.expression);
    CHECK(pinned == refused);
}

TEST_CASE("the text of a tree has the parentheses that it needs and no more", "[expr][corpus]") {
    const auto* text =
        GENERATE(R"(1 + 2 - 3)", R"(1 - (2 - 3))", R"((1 + 2) * 3)", R"(- (1 + 2))", R"(- -5)", R"(1 - -5)",
                 R"(not (1 or 2))", R"(not 1 == 2)", R"((not 1) == 2)", R"(1 == not 2)", R"(1 == (not 2) == 3)",
                 R"(1 + not 2 and 3)", R"(1 not in [2])", R"(not not 1)", R"((1 and 2) and 3)", R"(1 and 2 and 3)",
                 R"(1 or 2 and 3)", R"((1 or 2) and 3)", R"(("a")["b"][0])", R"([1, "a\"\\"][0])", R"((1 + 2)[0])",
                 R"(string(1 or 2, NOW))", R"((1 == 2) + 3)", R"(1 == 2 == 3)", R"(1 == (2 == 3))",
                 R"(properties["a"]["b"])", R"(event["a\\"] != undefined)", R"(- not 1)", R"(- (not 1) * 2)");
    const auto ast = expr::syntax::parse(text);
    REQUIRE(ast.has_value());
    CHECK(expr::syntax::to_text(*ast) == text);
}
