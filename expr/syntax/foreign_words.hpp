#pragma once

// What other languages write where this one has another word, and the advice. Included by diagnose.cpp only.

#include <array>
#include <string_view>

namespace engage::expr::syntax::foreign {

/// A mistake and what the message says of it.
struct Advice {
    std::string_view written;
    std::string_view text;
    bool is_lenient = false;  ///< Not a mistake in `Grammar::kLenient`.
};

/// What other languages have as a function.
struct FunctionAdvice {
    std::string_view written;
    std::string_view text;
    std::string_view text_in_full = text;  ///< Where the formula functions are accepted.
};

inline constexpr std::string_view kContains =
    "write '\"value\" in properties[\"name\"]': 'in' tests for a part of a text or an item of a list";

inline constexpr std::string_view kNotContains = "write 'not \"value\" in properties[\"name\"]'";
inline constexpr std::string_view kIsSet = "write 'defined(properties[\"name\"])'";
inline constexpr std::string_view kIsNotSet = "write 'not defined(properties[\"name\"])'";
inline constexpr std::string_view kIsNull = "write '==', or 'not defined(properties[\"name\"])'";

/// Words that other languages use as an operator. Of several that begin alike the longest comes first.
inline constexpr std::array kOperatorWords{
    Advice{"contains", kContains, true},
    Advice{"has", kContains, true},
    Advice{"includes", kContains},
    Advice{"like", kContains},
    Advice{"matches", kContains},
    Advice{"is not null", kIsSet},
    Advice{"is not undefined", kIsSet},
    Advice{"is not set", kIsNotSet},
    Advice{"is not defined", kIsNotSet},
    Advice{"is not", "write '!='"},
    Advice{"is null", kIsNull},
    Advice{"is undefined", kIsNull},
    Advice{"is", "write '==', or 'defined(properties[\"name\"])'"},
    Advice{"eq", "write '=='"},
    Advice{"ne", "write '!='"},
    Advice{"between", "write 'properties[\"name\"] >= 1 and properties[\"name\"] <= 9'"},
    Advice{"not contains", kNotContains},
    Advice{"not has", kNotContains},
    Advice{"not includes", kNotContains},
    Advice{"not like", kNotContains},
    Advice{"not matches", kNotContains},
    Advice{"not between", "write 'not (properties[\"name\"] >= 1 and properties[\"name\"] <= 9)'"},
    Advice{"not", "write 'not in', or 'and not'"},
};

// Texts are ordered, so that all that begin alike stand together.
inline constexpr std::string_view kStart =
    "for a text that starts with \"ab\" write 'properties[\"name\"] >= \"ab\" and properties[\"name\"] < \"ac\"'";
inline constexpr std::string_view kEnd =
    "there is no test for the end of a text; '\"value\" in properties[\"name\"]' tests for any part of it";
inline constexpr std::string_view kHasPrefix = "write 'has_prefix(properties[\"name\"], \"value\")'";
inline constexpr std::string_view kHasSuffix = "write 'has_suffix(properties[\"name\"], \"value\")'";

/// Functions of other languages that some of them use as an operator.
inline constexpr std::array kTextTests{
    FunctionAdvice{"starts_with", kStart, kHasPrefix}, FunctionAdvice{"startswith", kStart, kHasPrefix},
    FunctionAdvice{"starts with", kStart, kHasPrefix}, FunctionAdvice{"ends_with", kEnd, kHasSuffix},
    FunctionAdvice{"endswith", kEnd, kHasSuffix},      FunctionAdvice{"ends with", kEnd, kHasSuffix},
};

inline constexpr std::string_view kNoCase = "texts are compared in any letter case, so leave it out";
inline constexpr std::string_view kNoLength =
    "nothing gives a length; 'properties[\"name\"] == \"\"' tests for an empty text";
inline constexpr std::string_view kNow = "write NOW without parentheses";

inline constexpr std::array kFunctionWords{
    FunctionAdvice{"is_set", "write 'defined'"},
    FunctionAdvice{"isset", "write 'defined'"},
    FunctionAdvice{"exists", "write 'defined'"},
    FunctionAdvice{"is_defined", "write 'defined'"},
    FunctionAdvice{"isdefined", "write 'defined'"},
    FunctionAdvice{"is_null", "write 'not defined'"},
    FunctionAdvice{"isnull", "write 'not defined'"},
    FunctionAdvice{"contains", kContains},
    FunctionAdvice{"includes", kContains},
    FunctionAdvice{"has", kContains},
    FunctionAdvice{"like", kContains},
    FunctionAdvice{"lower", kNoCase},
    FunctionAdvice{"upper", kNoCase},
    FunctionAdvice{"length", kNoLength, "write 'len'"},
    FunctionAdvice{"size", kNoLength, "write 'len'"},
    FunctionAdvice{"count", kNoLength, "write 'len'"},
    FunctionAdvice{"date", "write 'datetime'"},
    FunctionAdvice{"to_date", "write 'datetime'"},
    FunctionAdvice{"timestamp", "write 'datetime'"},
    FunctionAdvice{"now", kNow},
    FunctionAdvice{"today", "write 'datetime(NOW)' for this moment"},
    FunctionAdvice{"where", "the expression stands alone, without this word"},
};

/// Words that other languages use as a value.
inline constexpr std::array kValueWords{
    Advice{"now", "write NOW in capitals", true},
    Advice{"inf", "'inf' is not a number of the language"},
    Advice{"infinity", "'infinity' is not a number of the language"},
    Advice{"nan", "'nan' is not a number of the language"},
    Advice{"none", "write 'null' or 'undefined'"},
    Advice{"nil", "write 'null' or 'undefined'"},
};

}  // namespace engage::expr::syntax::foreign
