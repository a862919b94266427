#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "expr/syntax/dialect.hpp"
#include "expr/syntax/function.hpp"

namespace engage::expr::syntax {

/// A half-open range of bytes of the source text.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// A part of the language beyond what Mixpanel's own client says that the endpoint accepts.
enum class Construct : unsigned char {
    kMultiply,
    kDivide,
    kModulo,
    kListLiteral,
    kIndex,
    kEvent,
    kSingleQuotes,
    kSingleEquals,
    kUndefined,
    kNull,
    kStringDefault,
    kLetterCase,
    kNotIn,
    kAmpersands,
    kBars,
    kExclamationMark,
    kContains,
    kHas,
    kLowerNow,
    kGluedMinus,
    kFunction  ///< A function; the use says which.
};
inline constexpr std::size_t kConstructs = static_cast<std::size_t>(Construct::kFunction) + 1;

struct ConstructInfo {
    Construct construct;
    std::string_view name;  ///< For people, singular: "a list literal", "'=' for '=='".
    Grammar least;          ///< The smallest grammar that has it; a function has its own.
};

/// All constructs, in the order of `Construct`.
std::span<const ConstructInfo> all_constructs();

/// Where an expression first uses a construct.
struct Use {
    Construct construct = Construct::kFunction;
    Function function = Function::kDefined;  ///< Of `kFunction`.
    Grammar least = Grammar::kKnown;         ///< The smallest grammar that accepts it.
    Span at;
};

/// What is used, for people: "a list literal", "boolean()".
std::string name_of(const Use& use);

/// 'H', 'E', 'A' or 'L': the value of the setting where.grammar.
char letter_of(Grammar grammar);

}  // namespace engage::expr::syntax
