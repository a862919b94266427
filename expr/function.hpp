#pragma once

#include <cstddef>

namespace engage::expr {

/// The functions of the language, and the binders that are written like one. The table in functions.cpp says what each
/// is called, what it takes and which grammar has it.
enum class Function : unsigned char {
    kDefined,
    kBoolean,
    kNumber,
    kString,
    kDatetime,
    kList,
    kFloor,
    kRound,
    kCeil,
    // What follows belongs to the formulas of custom properties alone.
    kIf,
    kIfs,
    kAnd,
    kOr,
    kHasPrefix,
    kHasSuffix,
    kMin,
    kMax,
    kUpper,
    kLower,
    kLen,
    kLeft,
    kRight,
    kMid,
    kSplit,
    kParseUrl,
    kRegexMatch,
    kRegexExtract,
    kRegexReplace,
    kDatedif,
    kToday,
    kSum,
    kTypeof,
    kAny,
    kAll,
    kMap,
    kFilter,
    kLet
};
inline constexpr std::size_t kFunctions = static_cast<std::size_t>(Function::kLet) + 1;

}  // namespace engage::expr
