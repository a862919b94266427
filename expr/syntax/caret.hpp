#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace engage::expr::syntax {

/// How many characters stand before `offset`: what people count, where an offset counts bytes.
std::size_t characters_before(std::string_view text, std::size_t offset);

/// Where an offset stands in a text of several lines: both from 1, columns in characters.
struct LineAndColumn {
    std::size_t line = 1;
    std::size_t column = 1;
};
LineAndColumn line_and_column(std::string_view text, std::size_t offset);

/// Two lines: the source line that holds `offset` (shortened around it when long) and a caret below it.
std::string caret_lines(std::string_view text, std::size_t offset);

}  // namespace engage::expr::syntax
