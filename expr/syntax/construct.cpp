#include "expr/syntax/construct.hpp"

#include <array>

#include "expr/syntax/signature.hpp"

namespace engage::expr::syntax {
namespace {

constexpr std::array kConstructTable{
    ConstructInfo{Construct::kMultiply, "'*'", Grammar::kEngage},
    ConstructInfo{Construct::kDivide, "'/'", Grammar::kEngage},
    ConstructInfo{Construct::kModulo, "'%'", Grammar::kEngage},
    ConstructInfo{Construct::kListLiteral, "a list literal", Grammar::kEngage},
    ConstructInfo{Construct::kIndex, "an index in brackets", Grammar::kEngage},
    ConstructInfo{Construct::kEvent, "event[\"name\"]", Grammar::kEngage},
    ConstructInfo{Construct::kSingleQuotes, "a string in single quotes", Grammar::kEngage},
    ConstructInfo{Construct::kSingleEquals, "'=' for '=='", Grammar::kEngage},
    ConstructInfo{Construct::kUndefined, "'undefined'", Grammar::kEngage},
    ConstructInfo{Construct::kNull, "'null'", Grammar::kEngage},
    ConstructInfo{Construct::kStringDefault, "string() with a default", Grammar::kEngage},
    ConstructInfo{Construct::kLetterCase, "an operator or function that is not in lower case", Grammar::kEngage},
    ConstructInfo{Construct::kNotIn, "'not in' between two values", Grammar::kEngage},
    ConstructInfo{Construct::kAmpersands, "'&&' for 'and'", Grammar::kLenient},
    ConstructInfo{Construct::kBars, "'||' for 'or'", Grammar::kLenient},
    ConstructInfo{Construct::kExclamationMark, "'!' for 'not'", Grammar::kLenient},
    ConstructInfo{Construct::kContains, "'contains'", Grammar::kLenient},
    ConstructInfo{Construct::kHas, "'has'", Grammar::kLenient},
    ConstructInfo{Construct::kLowerNow, "'now' for 'NOW'", Grammar::kLenient},
    ConstructInfo{Construct::kGluedMinus, "a minus that touches the number behind it", Grammar::kLenient},
    ConstructInfo{Construct::kFunction, "a function", Grammar::kEngage},
};

consteval bool table_is_in_order() {
    for (std::size_t i = 0; i < kConstructTable.size(); ++i)
        if (static_cast<std::size_t>(kConstructTable[i].construct) != i) return false;
    return kConstructTable.size() == kConstructs;
}
static_assert(table_is_in_order(), "one row per Construct, in order");

}  // namespace

std::span<const ConstructInfo> all_constructs() { return kConstructTable; }

std::string name_of(const Use& use) {
    if (use.construct == Construct::kFunction) return std::string(signature_of(use.function).name) + "()";
    return std::string(kConstructTable[static_cast<std::size_t>(use.construct)].name);
}

char letter_of(Grammar grammar) { return "HEAL"[static_cast<std::size_t>(grammar)]; }

}  // namespace engage::expr::syntax
