#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "expr/syntax/caret.hpp"
#include "expr/text/text.hpp"

namespace engage::expr::syntax {
namespace {

constexpr std::size_t kColumnsAround =
    50;  ///< Characters shown at either side of the caret of a line longer than both.
constexpr std::string_view kEllipsis = "…";

std::size_t start_of_character(std::string_view text, std::size_t position) {
    while (position > 0 && position < text.size() && !text::starts_character(text[position])) --position;
    return position;
}

/// The position that lies `count` characters before `position`, at most the start of the text.
std::size_t back(std::string_view text, std::size_t position, std::size_t count) {
    for (; count > 0 && position > 0; --count) position = start_of_character(text, position - 1);
    return position;
}

std::size_t forward(std::string_view text, std::size_t position, std::size_t count) {
    for (; count > 0 && position < text.size(); --count) do
            ++position;
        while (position < text.size() && !text::starts_character(text[position]));
    return position;
}

}  // namespace

std::size_t characters_before(std::string_view text, std::size_t offset) {
    const auto before = text.substr(0, offset);
    return static_cast<std::size_t>(std::count_if(before.begin(), before.end(), text::starts_character));
}

LineAndColumn line_and_column(std::string_view text, std::size_t offset) {
    const auto before = text.substr(0, offset);
    const auto newlines = std::count(before.begin(), before.end(), '\n');
    const auto line = before.substr(before.rfind('\n') + 1);  // npos + 1 is 0
    const auto characters = std::count_if(line.begin(), line.end(), text::starts_character);
    return {static_cast<std::size_t>(newlines) + 1, static_cast<std::size_t>(characters) + 1};
}

std::string caret_lines(std::string_view text, std::size_t offset) {
    offset = std::min(offset, text.size());
    const auto newline_before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
    const auto line_begin = newline_before == std::string_view::npos ? 0 : newline_before + 1;
    auto line = text.substr(line_begin, text.find('\n', offset) - line_begin);
    if (line.ends_with('\r')) line.remove_suffix(1);

    const auto at = start_of_character(line, std::min(offset - line_begin, line.size()));
    const auto is_short = forward(line, 0, 2 * kColumnsAround) == line.size();
    const auto begin = is_short ? 0 : back(line, at, kColumnsAround);
    const auto end = is_short ? line.size() : forward(line, at, kColumnsAround);

    std::string shown;
    std::string below;
    if (begin > 0) shown += kEllipsis, below += ' ';
    for (const char c : line.substr(begin, at - begin))
        if (text::starts_character(c)) below += c == '\t' ? '\t' : ' ';
    // Control characters would move the caret, or worse, the reader's terminal.
    for (const char c : line.substr(begin, end - begin))
        shown += static_cast<unsigned char>(c) < 0x20 && c != '\t' ? ' ' : c;
    if (end < line.size()) shown += kEllipsis;
    return shown + '\n' + below + '^';
}

}  // namespace engage::expr::syntax
