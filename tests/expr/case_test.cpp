#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "expr/parse.hpp"
#include "expr/program.hpp"
#include "tests/support/case_file.hpp"
#include "tests/support/json_record.hpp"

namespace {

using namespace engage;

/// The value as case files write it.
std::string text_of(const expr::View& value, const expr::TimeZone& zone) {
    if (value.is(expr::Type::kUndefined)) return "undefined";
    if (value.is(expr::Type::kDatetime)) return "datetime " + expr::format_datetime(value.as_datetime());
    return expr::to_json(value, zone);
}

std::string outcome_of(const test::Case& one) {
    const auto directive = [&](const char* name, const char* otherwise) {
        const auto found = one.directives.find(name);
        return found == one.directives.end() ? std::string(otherwise) : found->second;
    };
    const auto zone = expr::TimeZone::find(directive("zone", "UTC"));
    if (!zone) return zone.error();
    auto ast = expr::parse(one.expression);
    if (!ast) return "error @" + std::to_string(ast.error().offset) + ' ' + ast.error().message;

    const expr::Program program(std::move(*ast));
    const test::JsonRecord record(nlohmann::ordered_json::parse(one.properties), program.references(),
                                  directive("id", ""), nlohmann::ordered_json::parse(directive("behaviors", "{}")));
    const expr::Context context{std::stoll(directive("now", "1700000000")), *zone};
    expr::Arena arena;
    return text_of(program.evaluate(record, context, arena), *zone);
}

std::vector<std::filesystem::path> case_files() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(ENGAGE_SOURCE_DIR "/tests/expr/cases"))
        if (entry.path().extension() == ".case") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    files.push_back(ENGAGE_SOURCE_DIR "/docs/where.md");
    return files;
}

}  // namespace

TEST_CASE("every case file gives the documented values", "[expr][cases]") {
    const auto files = case_files();
    REQUIRE_FALSE(files.empty());
    for (const auto& file : files) {
        const auto cases = test::read_cases(file);
        CHECKED_ELSE(!cases.empty()) { FAIL_CHECK(file.filename().string() << " holds no case"); }
        for (const auto& one : cases) {
            INFO(one.where << "  " << one.expression << "  " << one.properties);
            CHECK(outcome_of(one) == one.expected);
        }
    }
}

TEST_CASE("a case file with an incomplete case is refused", "[expr][cases]") {
    const auto file = std::filesystem::temp_directory_path() / "engage_incomplete.case";
    std::ofstream(file) << "# comment\n1 + 1\n{}\n";
    CHECK_THROWS_WITH(test::read_cases(file), "engage_incomplete.case:2: a case has three lines");
    std::filesystem::remove(file);
}

TEST_CASE("of a Markdown file the blocks of cases are read", "[expr][cases]") {
    const auto file = std::filesystem::temp_directory_path() / "engage_blocks.md";
    std::ofstream(file) << "1 + 1\n```sh\nls\n```\n```case\n@now 5\nNOW\n{}\n5\n```\ntext\n```case\n2\n{}\n2\n```\n";
    const auto cases = test::read_cases(file);
    REQUIRE(cases.size() == 2);
    CHECK(cases[0].where == "engage_blocks.md:7");
    CHECK(cases[0].directives.at("now") == "5");
    CHECK(cases[1].directives.empty());
    std::ofstream(file) << "```case\n1\n{}\n```\n";
    CHECK_THROWS_WITH(test::read_cases(file), "engage_blocks.md:2: a case has three lines");
    std::filesystem::remove(file);
}
