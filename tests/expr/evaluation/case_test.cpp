#include <catch2/catch.hpp>
#include <filesystem>
#include <optional>
#include <set>

#include "expr/evaluation/program.hpp"
#include "expr/syntax/parse.hpp"
#include "expr/values/json.hpp"
#include "server/catalogue/switches/dialect.hpp"
#include "tests/support/case_file.hpp"
#include "tests/support/json_record.hpp"

namespace {

using namespace engage;

/// Whether the directive names a switch; sets it.
bool set(server::catalogue::Switches& switches, const std::string& name, const std::string& value,
         const test::Place& at) {
    if (name != "grammar" && !name.starts_with("where.")) return false;
    const auto assignment = (name == "grammar" ? "where.grammar" : name) + '=' + value;
    if (const auto done = switches.set(assignment); !done) at.refuse(done.error());
    return true;
}

/// The value as case files write it.
std::string text_of(const expr::values::View& value, const expr::values::TimeZone& zone) {
    if (value.is(expr::values::Type::kUndefined)) return "undefined";
    if (value.is(expr::values::Type::kDatetime))
        return "datetime " + expr::values::format_datetime(value.as_datetime());
    return expr::values::to_json(value, zone);
}

/// The switches that the directives of a case set, by the names that users set them by; `@grammar` is short for
/// `@where.grammar`.
server::catalogue::Switches switches_of(const test::Case& one) {
    server::catalogue::Switches switches;
    for (const auto& [name, value] : one.directives) set(switches, name, value, one.at);
    return switches;
}

void check_directive(const std::string& name, const std::string& value, const test::Place& at) {
    server::catalogue::Switches switches;
    if (set(switches, name, value, at)) return;
    if (name == "zone") {
        if (const auto zone = expr::values::TimeZone::find(value); !zone) at.refuse(zone.error());
    } else if (name == "now") {
        test::check_count(name, value, at);
    } else if (name == "id") {
        if (value.empty()) at.refuse("@id and an id", value);
    } else if (name == "behaviors") {
        if (!nlohmann::json::parse(value, nullptr, false).is_object()) at.refuse("@behaviors and a JSON object", value);
    } else {
        at.refuse("@grammar, @zone, @now, @id, @behaviors or a switch where.*", '@' + name);
    }
}

constexpr test::CaseForm kForm{&check_directive};

std::string refusal_of(const expr::evaluation::LogicalFault& fault) {
    const auto* article = fault.type == expr::values::Type::kObject ? "' of an " : "' of a ";
    return std::string("refused: '") + (fault.op == expr::syntax::LogicalOp::kAnd ? "and" : "or") + article +
           std::string(expr::values::type_name(fault.type));
}

std::string outcome_of(const test::Case& one) {
    const auto switches = switches_of(one);
    const auto zone = expr::values::TimeZone::find(one.directive("zone", "UTC")).value();
    auto ast = expr::syntax::parse(one.expression, server::catalogue::switches::grammar_of(switches));
    if (!ast) return "error @" + std::to_string(ast.error().offset) + ' ' + ast.error().message;

    const expr::evaluation::Program program(std::move(*ast));
    const test::JsonRecord record(nlohmann::ordered_json::parse(one.properties), program.references(),
                                  one.directive("id", ""),
                                  nlohmann::ordered_json::parse(one.directive("behaviors", "{}")));
    const expr::evaluation::Context context{std::stoll(one.directive("now", "1700000000")), zone,
                                            server::catalogue::switches::semantics_of(switches)};
    expr::values::Arena arena;
    std::optional<expr::evaluation::LogicalFault> fault;
    program.matches(record, context, arena, &fault);
    if (fault) return refusal_of(*fault);
    return text_of(program.evaluate(record, context, arena), zone);
}

std::vector<std::filesystem::path> case_files() {
    auto files = test::data_files(ENGAGE_SOURCE_DIR "/tests/expr/cases", ".case");
    files.push_back(ENGAGE_SOURCE_DIR "/docs/where.md");
    return files;
}

}  // namespace

TEST_CASE("every case file gives the documented values", "[expr][cases]") {
    for (const auto& file : case_files()) {
        for (const auto& one : test::read_cases(file, kForm)) {
            INFO(one.where() << "  " << one.expression << "  " << one.properties);
            CHECK(outcome_of(one) == one.expected);
        }
    }
}

TEST_CASE("the text of what a case file's expression parses to parses to the same", "[expr][cases]") {
    int parsed = 0;
    for (const auto& file : case_files()) {
        for (const auto& one : test::read_cases(file, kForm)) {
            const auto grammar = server::catalogue::switches::grammar_of(switches_of(one));
            const auto ast = expr::syntax::parse(one.expression, grammar);
            if (!ast) continue;
            ++parsed;
            INFO(one.where() << "  " << one.expression);
            const auto again = expr::syntax::parse(expr::syntax::to_text(*ast), grammar);
            CHECKED_IF(again.has_value()) { CHECK(expr::syntax::to_tree(*again) == expr::syntax::to_tree(*ast)); }
        }
    }
    CHECK(parsed > 1000);
}

TEST_CASE("a directive of a case that nothing reads is refused", "[expr][cases]") {
    const auto [line, expected] = GENERATE(table<std::string, std::string>({
        {"@zones UTC", "expected @grammar, @zone, @now, @id, @behaviors or a switch where.*, found \"@zones\""},
        {"@ UTC", "expected @grammar, @zone, @now, @id, @behaviors or a switch where.*, found \"@\""},
        {"@grammar B", "switch where.grammar: expected E, H, A or L, found \"B\""},
        {"@where.mod_sign left", "switch where.mod_sign: expected dividend or divisor, found \"left\""},
        {"@where.mod_sign", "switch where.mod_sign: expected dividend or divisor, found \"\""},
        {"@zone Mars/Base", "unknown time zone \"Mars/Base\", expected a name such as US/Pacific"},
        {"@now 17e8", "expected @now and a number above 0, found \"17e8\""},
        {"@id", "expected @id and an id, found nothing"},
        {"@behaviors [1]", "expected @behaviors and a JSON object, found \"[1]\""},
    }));
    CHECK_THROWS_WITH(test::parse_cases("# first\n" + line + "\n1\n{}\n1\n", "x.case", kForm), "x.case:2: " + expected);
    const std::string unknown = "@where.modsign divisor\n1\n{}\n1\n";
    CHECK_THROWS_WITH(test::parse_cases(unknown, "x.case", kForm),
                      Catch::Matchers::StartsWith("x.case:1: unknown switch \"where.modsign\": expected name=value"));
}

TEST_CASE("cases show every switch of the language under each of its values", "[expr][cases]") {
    std::set<std::string> shown;
    for (const auto& file : case_files())
        for (const auto& one : test::read_cases(file, kForm))
            for (const auto* row : server::catalogue::all_switches())
                shown.insert(std::string(row->name) + '=' + switches_of(one).value_text(*row));
    int values = 0;
    for (const auto* row : server::catalogue::all_switches()) {
        if (!row->name.starts_with("where.")) continue;
        for (const auto& value : row->values) {
            CAPTURE(row->name, value.name);
            CHECK(shown.contains(std::string(row->name) + '=' + std::string(value.name)));
            ++values;
        }
    }
    CHECK(values > 0);
}
