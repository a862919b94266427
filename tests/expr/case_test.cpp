#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <stdexcept>

#include "expr/json.hpp"
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

std::string directive(const test::Case& one, const std::string& name, const char* otherwise) {
    const auto found = one.directives.find(name);
    return found == one.directives.end() ? std::string(otherwise) : found->second;
}

/// Of `@grammar H|E|A|L`.
expr::Grammar grammar_of(const test::Case& one) {
    const auto letter = directive(one, "grammar", "E");
    for (const auto grammar : expr::kGrammars)
        if (letter == std::string(1, expr::letter_of(grammar))) return grammar;
    throw std::runtime_error(one.where + ": unknown grammar " + letter);
}

struct Switch {
    const char* name;
    const char* off;
    const char* on;
    bool expr::Semantics::*member;
};

/// By the names that users set.
const Switch kSwitches[] = {
    {"where.mod_sign", "dividend", "divisor", &expr::Semantics::modulo_takes_sign_of_divisor},
    {"where.number_of_bad_string", "undefined", "zero", &expr::Semantics::bad_number_is_zero},
    {"where.boolean_of_false_text", "false", "true", &expr::Semantics::text_false_is_true},
    {"where.string_of_undefined", "undefined", "text", &expr::Semantics::undefined_as_text},
    {"where.not_null", "true", "undefined", &expr::Semantics::not_null_is_undefined},
    {"where.null_equals_undefined", "false", "true", &expr::Semantics::null_equals_undefined},
    {"where.logical_operands", "coerce", "refuse", &expr::Semantics::logical_types_refused},
};

expr::Semantics semantics_of(const test::Case& one) {
    expr::Semantics semantics;
    for (const auto& [name, off, on, member] : kSwitches) {
        const auto value = directive(one, name, off);
        if (value != off && value != on) throw std::runtime_error(one.where + ": unknown value " + value);
        semantics.*member = value == on;
    }
    return semantics;
}

std::string refusal_of(const expr::LogicalFault& fault) {
    const auto* article = fault.type == expr::Type::kObject ? "' of an " : "' of a ";
    return std::string("refused: '") + (fault.op == expr::LogicalOp::kAnd ? "and" : "or") + article +
           std::string(expr::type_name(fault.type));
}

std::string outcome_of(const test::Case& one) {
    const auto zone = expr::TimeZone::find(directive(one, "zone", "UTC"));
    if (!zone) return zone.error();
    auto ast = expr::parse(one.expression, grammar_of(one));
    if (!ast) return "error @" + std::to_string(ast.error().offset) + ' ' + ast.error().message;

    const expr::Program program(std::move(*ast));
    const test::JsonRecord record(nlohmann::ordered_json::parse(one.properties), program.references(),
                                  directive(one, "id", ""),
                                  nlohmann::ordered_json::parse(directive(one, "behaviors", "{}")));
    const expr::Context context{std::stoll(directive(one, "now", "1700000000")), *zone, semantics_of(one)};
    expr::Arena arena;
    std::optional<expr::LogicalFault> fault;
    program.matches(record, context, arena, &fault);
    if (fault) return refusal_of(*fault);
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

TEST_CASE("the text of what a case file's expression parses to parses to the same", "[expr][cases]") {
    int parsed = 0;
    for (const auto& file : case_files()) {
        for (const auto& one : test::read_cases(file)) {
            const auto ast = expr::parse(one.expression, grammar_of(one));
            if (!ast) continue;
            ++parsed;
            INFO(one.where << "  " << one.expression);
            const auto again = expr::parse(expr::to_text(*ast), grammar_of(one));
            CHECKED_IF(again.has_value()) { CHECK(expr::to_tree(*again) == expr::to_tree(*ast)); }
        }
    }
    CHECK(parsed > 1000);
}

TEST_CASE("every directive of a case file is known", "[expr][cases]") {
    std::set<std::string> known{"grammar", "zone", "now", "id", "behaviors"};
    for (const auto& one : kSwitches) known.insert(one.name);
    for (const auto& file : case_files())
        for (const auto& one : test::read_cases(file))
            for (const auto& [name, value] : one.directives) CHECK(known.count(name) == 1);
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
