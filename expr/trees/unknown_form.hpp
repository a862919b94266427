#pragma once

#include <span>
#include <string>
#include <string_view>

#include "expr/values/cursor.hpp"

namespace engage::expr::trees {

/// Thrown where a document of Mixpanel's editors says something that nobody has told the meaning of: it may well be
/// right. Caught where DocumentRefused is.
struct UnknownForm {
    std::string pointer;
    std::string what;  ///< That stands there: a value, one line.
};

[[noreturn]] void throw_unknown(const values::Cursor& value);
/// Whether a value is absent, null, false or empty.
bool says_nothing(const values::Cursor& value);
/// A member of the object that is not `known` and says something is an unknown form.
void expect_only(const values::Cursor& object, std::span<const std::string_view> known);
/// The one of `known` that the value is; another text is an unknown form.
std::string_view known_word(const values::Cursor& value, std::span<const std::string_view> known);

}  // namespace engage::expr::trees
