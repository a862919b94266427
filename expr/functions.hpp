#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "expr/arena.hpp"
#include "expr/dialect.hpp"
#include "expr/function.hpp"
#include "expr/time_zone.hpp"
#include "expr/value.hpp"

namespace engage::expr {

class Regex;

/// What a function or operator may use beside its operands.
struct Environment {
    const TimeZone& zone;
    const Semantics& semantics;
    Arena& arena;
    const Regex* pattern = nullptr;  ///< The compiled pattern of this call, when it is constant.
    std::uint64_t* steps = nullptr;  ///< What is left of the evaluation's budget: costly functions take from it.
    std::size_t most_allocated = static_cast<std::size_t>(-1);  ///< What the arena may have given out at the end.

    bool is_out_of_memory() const { return arena.allocated() > most_allocated; }
};

/// How a function is called and evaluated.
enum class Shape : unsigned char {
    kPlain,    ///< By `evaluate`, with the values of all arguments.
    kPattern,  ///< The same; the second argument is a regular expression.
    kChoice,   ///< Only the arguments that are needed are looked at.
    kLogical,  ///< `and(…)`: another way to write the operator.
    kScan,     ///< `any(name, list, expression)`
    kLet       ///< `let(name, value, …, expression)`
};

/// One function of the language.
struct FunctionInfo {
    Function function;
    std::string_view name;
    std::size_t least;                                                                  ///< Fewest arguments.
    std::size_t most;                                                                   ///< Most arguments.
    View (*evaluate)(std::span<const View> arguments, const Environment& environment);  ///< Null of other shapes.
    Grammar grammar;                                                                    ///< The smallest that has it.
    Shape shape = Shape::kPlain;
};

inline constexpr std::size_t kAnyNumber = static_cast<std::size_t>(-1);

/// All functions, in the order of `Function`.
std::span<const FunctionInfo> all_functions();

const FunctionInfo& info_of(Function function);

/// By name in any letter case; null when `grammar` has none.
const FunctionInfo* find_function(std::string_view name, Grammar grammar);

/// Whether the function can be called with so many arguments.
bool takes(const FunctionInfo& function, std::size_t arguments);

}  // namespace engage::expr
