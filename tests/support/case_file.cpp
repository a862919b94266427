#include "tests/support/case_file.hpp"

#include <fstream>
#include <stdexcept>
#include <utility>

namespace engage::test {
namespace {

std::pair<std::string, std::string> read_directive(const std::string& line) {
    const auto space = line.find(' ');
    if (space == std::string::npos) return {line.substr(1), ""};
    return {line.substr(1, space - 1), line.substr(space + 1)};
}

/// Opens or closes a block of Markdown.
bool is_fence(const std::string& line) { return line.starts_with("```"); }

}  // namespace

std::vector<Case> read_cases(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in) throw std::runtime_error("cannot read " + file.string());

    const bool is_markdown = file.extension() == ".md";
    bool in_block = !is_markdown;
    std::vector<Case> cases;
    std::map<std::string, std::string> directives;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (is_markdown && is_fence(line)) {
            in_block = line == "```case";
            directives.clear();
            continue;
        }
        if (!in_block || line.empty() || line[0] == '#') continue;
        if (line[0] == '@') {
            const auto [name, value] = read_directive(line);
            directives[name] = value;
            continue;
        }
        Case one{line, "", "", directives, file.filename().string() + ':' + std::to_string(number)};
        if (!std::getline(in, one.properties) || !std::getline(in, one.expected) || one.expected.empty() ||
            is_fence(one.properties) || is_fence(one.expected))
            throw std::runtime_error(one.where + ": a case has three lines");
        number += 2;
        cases.push_back(std::move(one));
    }
    return cases;
}

}  // namespace engage::test
