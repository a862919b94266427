#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "expr/parse.hpp"

namespace engage::server {

/// Where an offset stands in a text of several lines: both from 1, columns in characters.
struct LineAndColumn {
    std::size_t line = 1;
    std::size_t column = 1;
};
LineAndColumn line_and_column(std::string_view text, std::size_t offset);

/// Three lines, each with its end: place and message, the source line, the caret. `prefix` names what was read, e.g.
/// "--where: ". Line and column are told when the text has several lines.
std::string describe_syntax_error(std::string_view prefix, std::string_view text, const expr::ParseError& error);

}  // namespace engage::server
