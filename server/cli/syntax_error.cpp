#include "server/cli/syntax_error.hpp"

#include "expr/syntax/caret.hpp"

namespace engage::server::cli {

std::string describe_syntax_error(std::string_view prefix, std::string_view text,
                                  const expr::syntax::ParseError& error) {
    std::string place = "at character " + std::to_string(expr::syntax::characters_before(text, error.offset));
    if (text.find('\n') != std::string_view::npos) {
        const auto [line, column] = expr::syntax::line_and_column(text, error.offset);
        place += " (line " + std::to_string(line) + ", column " + std::to_string(column) + ')';
    }
    return "engage-emulator: " + std::string(prefix) + place + ": " + error.message + '\n' +
           expr::syntax::caret_lines(text, error.offset) + '\n';
}

}  // namespace engage::server::cli
