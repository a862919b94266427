// What the readers of cases refuse: a typo in a file must fail, never test less.
#include <catch2/catch.hpp>

#include "tests/support/case_file.hpp"

using namespace engage;
using namespace engage::test;

namespace {

void check_directive(const std::string& name, const std::string& value, const test::Place& at) {
    if (name == "now")
        test::check_count(name, value, at);
    else if (name == "show")
        test::check_one_of({"text", "tree"}, name, value, at);
    else
        at.refuse("@now or @show", '@' + name);
}

constexpr test::CaseForm kDirected{&check_directive};

/// What is said of a text.
std::string problem(const std::string& text, const std::string& file = "x.case",
                    const test::CaseForm& form = kDirected) {
    try {
        test::parse_cases(text, file, form);
    } catch (const test::DataError& error) {
        return error.what();
    }
    return "none";
}

}  // namespace

TEST_CASE("cases are read with their directives and lines", "[cases]") {
    const auto cases =
        test::parse_cases("# comment\n@now 5\n@show text\n\n1\n{\"a\":1}\n1\n\n@now 6\n2\n{}\n2", "x.case", kDirected);
    REQUIRE(cases.size() == 2);
    CHECK(cases[0].where() == "x.case:5");
    CHECK(cases[0].expression == "1");
    CHECK(cases[0].properties == R"({"a":1})");
    CHECK(cases[0].expected == "1");
    CHECK(cases[0].directive("now", "") == "5");
    CHECK(cases[1].where() == "x.case:10");
    CHECK(cases[1].directives == std::map<std::string, std::string>{{"now", "6"}, {"show", "text"}});
    CHECK(cases[1].directive("zone", "UTC") == "UTC");
}

TEST_CASE("a case has three lines and a blank one below", "[cases]") {
    const std::string wrong = ": a case has three lines, and a blank one below";
    CHECK(problem("# comment\n1 + 1\n{}\n") == "x.case:2" + wrong);
    CHECK(problem("1\n\n1\n") == "x.case:1" + wrong);
    CHECK(problem("1\n{}\n1\n2\n{}\n2\n") == "x.case:1" + wrong);
    CHECK(problem("1\n{}\n1\n\n# 2\n{}\n2\n") == "x.case:6" + wrong);
    CHECK(problem("1\n{}\n1\n@now 5\n") == "x.case:1" + wrong);
    CHECK(problem("1\n{\n1\n") == "x.case:2: expected a JSON object of properties, found \"{\"");
    CHECK(problem("1\nA remark.\n1\n", "x.case", {.second_line = test::SecondLine::kRemark}) == "none");
}

TEST_CASE("a file of cases has one", "[cases]") {
    CHECK(problem("") == "x.case:1: expected a case, found the end");
    CHECK(problem("# comment\n\n") == "x.case:2: expected a case, found the end");
    CHECK(problem("# Title\n\n1\n{}\n1\n", "x.md") == "x.md:5: expected a case, found the end");
    CHECK_THROWS_WITH(test::read_cases("/nowhere/x.case"), "cannot read /nowhere/x.case");
}

TEST_CASE("a directive is known, given once, and stands above a case", "[cases]") {
    CHECK(problem("@new 5\n1\n{}\n1\n") == "x.case:1: expected @now or @show, found \"@new\"");
    CHECK(problem("@now x\n1\n{}\n1\n") == "x.case:1: expected @now and a number above 0, found \"x\"");
    CHECK(problem("@now 5 \n1\n{}\n1\n") == "x.case:1: expected @now and a number above 0, found \"5 \"");
    CHECK(problem("@show trees\n1\n{}\n1\n") == "x.case:1: expected @show text, tree, found \"trees\"");
    CHECK(problem("@now 5\n@now 6\n1\n{}\n1\n") == "x.case:2: a second @now above one case");
    CHECK(problem("1\n{}\n1\n\n@now 6\n") == "x.case:5: expected a case below @now");
    CHECK(problem("@now 5\n1\n{}\n1\n", "x.case", {}) == "x.case:1: expected a case, found \"@now 5\"");
}

TEST_CASE("of a Markdown file the blocks of cases are read", "[cases]") {
    const auto cases = test::parse_cases(
        "1 + 1\n```sh\nls\n```\n```case\n@now 5\nNOW\n{}\n5\n```\ntext\n```case\n2\n{}\n2\n```\n", "x.md", kDirected);
    REQUIRE(cases.size() == 2);
    CHECK(cases[0].where() == "x.md:7");
    CHECK(cases[0].directives.at("now") == "5");
    CHECK(cases[1].directives.empty());
}

TEST_CASE("a block of Markdown is of a known kind, ends, and holds a case if it says so", "[cases]") {
    CHECK(problem("```case\n1\n{}\n```\n", "x.md") == "x.md:2: a case has three lines, and a blank one below");
    CHECK(problem("```case\n1\n{}\n1\n", "x.md") == "x.md:1: expected the end of this block: ```case");
    CHECK(problem("```case\n# 1\n```\n", "x.md") == "x.md:1: expected a case in this block");
    CHECK(problem("```case\n1\n{}\n1\n\n@now 6\n```\n", "x.md") == "x.md:6: expected a case below @now");
    for (const std::string opening : {"```cases", "```case ", "```Case", "```", "````case"}) {
        const auto text = "```case\n1\n{}\n1\n```\n" + opening + "\n1\n{}\n1\n```\n";
        CHECK(problem(text, "x.md") ==
              "x.md:6: expected a block of case, console, ebnf, json or sh, found \"" + opening + '"');
    }
}
