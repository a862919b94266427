#include "server/cli/syntax_error.hpp"

#include <algorithm>

namespace engage::server {

LineAndColumn line_and_column(std::string_view text, std::size_t offset) {
    const auto before = text.substr(0, offset);
    const auto newlines = std::count(before.begin(), before.end(), '\n');
    const auto line = before.substr(before.rfind('\n') + 1);  // npos + 1 is 0
    const auto characters =
        std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    return {static_cast<std::size_t>(newlines) + 1, static_cast<std::size_t>(characters) + 1};
}

std::string describe_syntax_error(std::string_view prefix, std::string_view text, const expr::ParseError& error) {
    std::string place = "at character " + std::to_string(error.offset);
    if (text.find('\n') != std::string_view::npos) {
        const auto [line, column] = line_and_column(text, error.offset);
        place += " (line " + std::to_string(line) + ", column " + std::to_string(column) + ')';
    }
    return "engage-emulator: " + std::string(prefix) + place + ": " + error.message + '\n' +
           expr::caret_lines(text, error.offset) + '\n';
}

}  // namespace engage::server
