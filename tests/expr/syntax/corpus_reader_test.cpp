#include <catch2/catch.hpp>

#include "tests/support/corpus_file.hpp"

using namespace engage;
using namespace engage::test;

namespace {

const std::string kHead = "class\texpression\ttree\tsource\n";

std::string problem(const std::string& text) {
    try {
        test::parse_corpus(text, "x.tsv");
    } catch (const test::DataError& error) {
        return error.what();
    }
    return "none";
}

}  // namespace

TEST_CASE("a row of the corpus has a class, an expression, a tree and a source", "[corpus]") {
    const auto rows = test::parse_corpus(kHead + "H\t\"\\\"a\\\"\"\t\"a\"\there\n-\t\"(\"\t-\tthere\n", "x.tsv");
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].profile == 'H');
    CHECK(rows[0].expression == R"("a")");
    CHECK(rows[0].tree == R"("a")");
    CHECK(rows[1].profile == '-');
    CHECK(rows[1].at.text() == "x.tsv:3");
}

TEST_CASE("what is no row of the corpus is refused", "[corpus]") {
    const std::string columns = "x.tsv:2: expected class, expression, tree and source, parted by tabs, found ";
    CHECK(problem("") == "x.tsv:1: expected class\texpression\ttree\tsource, found nothing");
    CHECK(problem("class\tsource\n") == "x.tsv:1: expected class\texpression\ttree\tsource, found \"class\tsource\"");
    CHECK(problem(kHead) == "x.tsv:1: expected a row below, found the end");
    CHECK(problem(kHead + "\n") == columns + "nothing");
    CHECK(problem(kHead + "H\t\"a\"\ta\n") == columns + "\"H\t\"a\"\ta\"");
    CHECK(problem(kHead + "H\t\"a\"\t\tb\n") == columns + "\"H\t\"a\"\t\tb\"");
    CHECK(problem(kHead + "H\t\"a\"\ta\tb\tc\n") == columns + "\"H\t\"a\"\ta\tb\tc\"");
    CHECK(problem(kHead + "h\t\"a\"\ta\tb\n") == "x.tsv:2: expected the letter of a grammar or -, found \"h\"");
    CHECK(problem(kHead + "HE\t\"a\"\ta\tb\n") == "x.tsv:2: expected the letter of a grammar or -, found \"HE\"");
    CHECK(problem(kHead + "H\ta\ta\tb\n") == "x.tsv:2: expected an expression as a JSON string, found \"a\"");
    CHECK(problem(kHead + "H\t\"a\"\t-\tb\n") ==
          "x.tsv:2: expected a tree if there is a grammar, otherwise -, found \"-\"");
    CHECK(problem(kHead + "-\t\"a\"\ta\tb\n") ==
          "x.tsv:2: expected a tree if there is a grammar, otherwise -, found \"a\"");
    CHECK(problem(kHead + "H\t\"a\"\ta\tb\nE\t\"a\"\ta\tb\n") == "x.tsv:3: the same expression stands in line 2");
}
