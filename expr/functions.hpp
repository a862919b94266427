#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "expr/arena.hpp"
#include "expr/ast.hpp"
#include "expr/dialect.hpp"
#include "expr/time_zone.hpp"
#include "expr/value.hpp"

namespace engage::expr {

/// What a function or operator may use beside its operands.
struct Environment {
    const TimeZone& zone;
    const Semantics& semantics;
    Arena& arena;
};

/// One function of the language.
struct FunctionInfo {
    Function function;
    std::string_view name;
    std::size_t least;  ///< Fewest arguments.
    std::size_t most;   ///< Most arguments.
    View (*evaluate)(std::span<const View> arguments, const Environment& environment);
};

/// All functions, in the order of `Function`.
std::span<const FunctionInfo> all_functions();

const FunctionInfo& info_of(Function function);

/// By name in any letter case; null when there is none.
const FunctionInfo* find_function(std::string_view name);

}  // namespace engage::expr
