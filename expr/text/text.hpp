#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace engage::expr::text {

// Text comparison of the language: the letters A to Z equal a to z, everything else is compared by byte.
std::strong_ordering compare_ignoring_case(std::string_view left, std::string_view right);
bool equal_ignoring_case(std::string_view left, std::string_view right);
bool less_ignoring_case(std::string_view left, std::string_view right);
/// Whether `part` stands somewhere in `text`. Takes time in proportion to both together.
bool contains_ignoring_case(std::string_view text, std::string_view part);
/// The letters A to Z as a to z.
std::string folded(std::string_view text);

/// White space of the language.
inline constexpr std::string_view kBlank = " \t\r\n\f\v";

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether a byte of UTF-8 is the first one of its character.
inline bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

}  // namespace engage::expr::text
