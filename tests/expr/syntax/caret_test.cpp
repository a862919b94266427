#include <catch2/catch.hpp>
#include <string>
#include <utility>

#include "expr/syntax/caret.hpp"
#include "expr/syntax/parse.hpp"

using engage::expr::syntax::caret_lines;

TEST_CASE("the caret stands below the offset", "[expr][caret]") {
    CHECK(engage::expr::syntax::caret_lines("properties[age]", 11) == "properties[age]\n           ^");
    CHECK(engage::expr::syntax::caret_lines("1 +", 3) == "1 +\n   ^");
    CHECK(engage::expr::syntax::caret_lines("", 0) == "\n^");
}

TEST_CASE("an offset has a line and a column, in characters", "[expr][caret]") {
    const auto place = [](std::string_view text, std::size_t offset) {
        const auto [line, column] = engage::expr::syntax::line_and_column(text, offset);
        return std::pair(line, column);
    };
    CHECK(place("", 0) == std::pair<std::size_t, std::size_t>(1, 1));
    CHECK(place("1 +\n  é 2", 4) == std::pair<std::size_t, std::size_t>(2, 1));
    CHECK(place("1 +\n  é 2", 9) == std::pair<std::size_t, std::size_t>(2, 5));
}

TEST_CASE("an offset behind the text counts as its end", "[expr][caret]") {
    CHECK(engage::expr::syntax::caret_lines("ab", 99) == "ab\n  ^");
}

TEST_CASE("only the line of the offset is shown", "[expr][caret]") {
    const std::string text = "1 ==\r\n  plan\nor 2";
    CHECK(engage::expr::syntax::caret_lines(text, 0) == "1 ==\n^");
    CHECK(engage::expr::syntax::caret_lines(text, 4) == "1 ==\n    ^");
    CHECK(engage::expr::syntax::caret_lines(text, 8) == "  plan\n  ^");
    CHECK(engage::expr::syntax::caret_lines(text, 12) == "  plan\n      ^");
    CHECK(engage::expr::syntax::caret_lines(text, 13) == "or 2\n^");
}

TEST_CASE("the caret counts characters, not bytes, and keeps tabs", "[expr][caret]") {
    CHECK(engage::expr::syntax::caret_lines("\"é€😀\" x", 12) == "\"é€😀\" x\n      ^");
    CHECK(engage::expr::syntax::caret_lines("\"é€😀\" x", 4) ==
          "\"é€😀\" x\n  ^");  // inside of a character: at its start
    CHECK(engage::expr::syntax::caret_lines("\t1\t!", 3) == "\t1\t!\n\t \t^");
}

TEST_CASE("control characters are shown as blanks", "[expr][caret]") {
    CHECK(engage::expr::syntax::caret_lines("\x1b[31m !", 6) == " [31m !\n      ^");
}

TEST_CASE("a long line is shortened around the offset", "[expr][caret]") {
    const std::string line = std::string(200, 'a') + '!' + std::string(200, 'b');
    CHECK(engage::expr::syntax::caret_lines(line, 200) ==
          "…" + std::string(50, 'a') + '!' + std::string(49, 'b') + "…\n" + std::string(51, ' ') + '^');
    CHECK(engage::expr::syntax::caret_lines(line, 0) == std::string(50, 'a') + "…\n^");
    CHECK(engage::expr::syntax::caret_lines(line, 401) ==
          "…" + std::string(50, 'b') + '\n' + std::string(51, ' ') + '^');
    CHECK(engage::expr::syntax::caret_lines(std::string(100, 'a'), 0) == std::string(100, 'a') + "\n^");
    CHECK(engage::expr::syntax::caret_lines(std::string(101, 'a'), 0) == std::string(50, 'a') + "…\n^");
    CHECK(engage::expr::syntax::caret_lines(std::string(100, 'a'), 50) ==
          std::string(100, 'a') + '\n' + std::string(50, ' ') + '^');
}
