#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "expr/syntax/dialect.hpp"
#include "expr/syntax/function.hpp"

namespace engage::expr::syntax {

/// How a function is called and evaluated.
enum class Shape : unsigned char {
    kPlain,    ///< With the values of all arguments.
    kPattern,  ///< The same; the second argument is a regular expression.
    kChoice,   ///< Only the arguments that are needed are looked at.
    kLogical,  ///< `and(…)`: another way to write the operator.
    kScan,     ///< `any(name, list, expression)`
    kLet       ///< `let(name, value, …, expression)`
};

/// How one function of the language is written.
struct Signature {
    Function function;
    std::string_view name;
    std::size_t least;  ///< Fewest arguments.
    std::size_t most;   ///< Most arguments.
    Grammar grammar;    ///< The smallest that has it.
    Shape shape;
};

inline constexpr std::size_t kAnyNumber = static_cast<std::size_t>(-1);

/// All functions, in the order of `Function`.
std::span<const Signature> all_functions();

const Signature& signature_of(Function function);

/// By name in any letter case; null when `grammar` has none.
const Signature* find_function(std::string_view name, Grammar grammar);

/// Whether the function can be called with so many arguments.
bool takes(const Signature& function, std::size_t arguments);

}  // namespace engage::expr::syntax
