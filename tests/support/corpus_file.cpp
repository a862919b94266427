#include "tests/support/corpus_file.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "expr/syntax/parse.hpp"

namespace engage::test {
namespace {

constexpr std::string_view kHead = "class\texpression\ttree\tsource";

std::vector<std::string> columns_of(const std::string& line) {
    std::vector<std::string> columns;
    std::istringstream fields(line);
    for (std::string column; std::getline(fields, column, '\t');) columns.push_back(column);
    return columns;
}

bool is_class(const std::string& text) {
    return text == "-" ||
           std::any_of(expr::syntax::kGrammars.begin(), expr::syntax::kGrammars.end(),
                       [&](auto grammar) { return text == std::string(1, expr::syntax::letter_of(grammar)); });
}

CorpusRow read_row(const std::string& line, const Place& at) {
    const auto columns = columns_of(line);
    if (columns.size() != 4 || std::find(columns.begin(), columns.end(), "") != columns.end())
        at.refuse("class, expression, tree and source, parted by tabs", line);
    if (!is_class(columns[0])) at.refuse("the letter of a grammar or -", columns[0]);
    const auto expression = nlohmann::json::parse(columns[1], nullptr, false);
    if (!expression.is_string()) at.refuse("an expression as a JSON string", columns[1]);
    if ((columns[0] == "-") != (columns[2] == "-")) at.refuse("a tree if there is a grammar, otherwise -", columns[2]);
    return {columns[0][0], expression.get<std::string>(), columns[2], at};
}

}  // namespace

std::vector<CorpusRow> parse_corpus(std::string_view text, const std::string& file) {
    const auto lines = lines_of(text);
    const Place head{file, 1};
    if (lines.empty() || lines[0] != kHead) head.refuse(std::string(kHead), lines.empty() ? "" : lines[0]);
    if (lines.size() == 1) head.refuse("expected a row below, found the end");
    std::vector<CorpusRow> rows;
    std::map<std::string, std::size_t> seen;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        auto row = read_row(lines[i], {file, i + 1});
        const auto [other, is_new] = seen.emplace(row.expression, row.at.line);
        if (!is_new) row.at.refuse("the same expression stands in line " + std::to_string(other->second));
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace engage::test
