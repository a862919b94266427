// Reads the tables of docs/where.md and checks each cell. In a table of an operator, headed `L == R`, a cell that says
// true, false or undefined holds for all values of its types; any other word stands for an outcome that depends on the
// values but is never undefined. In a table of casts, headed `x`, a cell is the value itself.
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "expr/evaluation/program.hpp"
#include "expr/syntax/parse.hpp"
#include "expr/values/json.hpp"
#include "tests/support/json_record.hpp"

namespace {

using namespace engage;
using Row = std::vector<std::string>;
using Table = std::vector<Row>;

/// Expressions for values of each type. The text with a small t is no date and yet equal to one; objects have no
/// literals and are read from the record below.
const std::map<std::string, std::vector<std::string>> kSamples{
    {"text", {R"("Pro")", R"("")", R"("2026-09-01t00:00:00")"}},
    {"number", {"5", "2.5", "-1"}},
    {"boolean", {"true", "false"}},
    {"date text", {R"("2026-09-01T00:00:00")", R"("2026-09-02")"}},
    {"datetime", {R"(datetime("2026-09-01"))", R"(datetime("2026-09-02"))"}},
    {"list",
     {"[]", R"(["Pro"])",
      R"(["Pro", 5, true, "2026-09-01T00:00:00", datetime("2026-09-01"), ["Pro"], properties["o"], null, undefined])"}},
    {"object", {R"(properties["o"])", R"(properties["empty"])"}},
    {"null", {"null"}},
    {"undefined", {"undefined"}},
};
constexpr auto kProperties = R"({"o":{"a":1},"empty":{}})";

std::string value_of(const std::string& expression) {
    auto ast = expr::syntax::parse(expression);
    if (!ast) return "error: " + ast.error().message;
    const expr::evaluation::Program program(std::move(*ast));
    const test::JsonRecord record(nlohmann::ordered_json::parse(kProperties), program.references());
    const expr::evaluation::Context context{};
    expr::values::Arena arena;
    const auto value = program.evaluate(record, context, arena);
    if (value.is(expr::values::Type::kUndefined)) return "undefined";
    if (value.is(expr::values::Type::kDatetime))
        return "datetime " + expr::values::format_datetime(value.as_datetime());
    return expr::values::to_json(value, context.zone);
}

/// Without the mark of its basis and the marks of Markdown.
std::string plain(std::string cell) {
    for (const auto* mark : {" (r)", " (a)"})
        if (cell.ends_with(mark)) cell.resize(cell.size() - 4);
    if (cell.size() > 1 && cell.starts_with('`') && cell.ends_with('`')) return cell.substr(1, cell.size() - 2);
    return cell;
}

Row cells_of(const std::string& line) {
    Row cells;
    for (std::size_t begin = 2; begin < line.size();) {
        const auto end = std::min(line.find(" |", begin), line.size());
        cells.push_back(plain(line.substr(begin, end - begin)));
        begin = end + 3;
    }
    return cells;
}

std::vector<Table> tables_of_page() {
    std::ifstream in(ENGAGE_SOURCE_DIR "/docs/where.md");
    std::vector<Table> tables;
    bool in_table = false;
    for (std::string line; std::getline(in, line);) {
        const bool is_row = line.starts_with("| ");
        if (is_row && !in_table) tables.emplace_back();
        if (is_row) tables.back().push_back(cells_of(line));
        in_table = is_row || line.starts_with("|-");
    }
    return tables;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
}

std::set<std::string> outcomes(const std::string& operation, const std::string& left, const std::string& right) {
    std::set<std::string> values;
    for (const auto& l : kSamples.at(left))
        for (const auto& r : kSamples.at(right)) values.insert(value_of(replaced(replaced(operation, "L", l), "R", r)));
    return values;
}

bool is_constant(const std::string& cell) { return cell == "true" || cell == "false" || cell == "undefined"; }

void check_pairs(const Table& table) {
    const auto& head = table[0];
    CHECK(table.size() == kSamples.size() + 1);
    REQUIRE(head.size() == kSamples.size() + 1);
    for (std::size_t row = 1; row < table.size(); ++row) {
        REQUIRE(table[row].size() == kSamples.size() + 1);
        for (std::size_t column = 1; column < head.size(); ++column) {
            const auto& cell = table[row][column];
            INFO(head[0] << " for " << table[row][0] << " and " << head[column] << ": " << cell);
            const std::set<std::string> expected =
                is_constant(cell) ? std::set{cell} : std::set<std::string>{"false", "true"};
            CHECK(outcomes(head[0], table[row][0], head[column]) == expected);
        }
    }
}

void check_values(const Table& table) {
    const auto& head = table[0];
    REQUIRE(table.size() > 1);
    REQUIRE(head.size() > 1);
    for (std::size_t row = 1; row < table.size(); ++row) {
        REQUIRE(table[row].size() == head.size());
        for (std::size_t column = 1; column < head.size(); ++column) {
            INFO(head[column] << " for " << table[row][0]);
            CHECK(value_of(replaced(head[column], "x", '(' + table[row][0] + ')')) == table[row][column]);
        }
    }
}

}  // namespace

TEST_CASE("the tables of docs/where.md say what operators and casts do", "[expr][docs]") {
    std::size_t checked = 0;
    for (const auto& table : tables_of_page()) {
        const auto& corner = table[0][0];
        const bool is_of_values = corner == "x";
        const bool is_of_pairs = corner.starts_with("L ") && corner.ends_with(" R");
        if (is_of_values) check_values(table);
        if (is_of_pairs) check_pairs(table);
        checked += is_of_values || is_of_pairs ? 1 : 0;
    }
    CHECK(checked == 5);
}
