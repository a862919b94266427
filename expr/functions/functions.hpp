#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "expr/syntax/dialect.hpp"
#include "expr/syntax/function.hpp"
#include "expr/values/arena.hpp"
#include "expr/values/time_zone.hpp"
#include "expr/values/value.hpp"

namespace engage::expr::text {
class Regex;
}

namespace engage::expr::functions {

/// Longest text that `+` and `string()` of a list or object make; a longer one is undefined. How much all texts of an
/// evaluation take together is limited by kMaxAllocated.
inline constexpr std::size_t kMaxConcatenation = 1024 * 1024;

/// What a function or operator may use beside its operands.
struct Environment {
    const values::TimeZone& zone;
    const syntax::Semantics& semantics;
    values::Arena& arena;
    const text::Regex* pattern = nullptr;  ///< The compiled pattern of this call, when it is constant.
    std::uint64_t* steps = nullptr;        ///< What is left of the evaluation's budget: costly functions take from it.
    std::size_t most_allocated = static_cast<std::size_t>(-1);  ///< What the arena may have given out at the end.

    bool is_out_of_memory() const { return arena.allocated() > most_allocated; }
};

/// What evaluates a function, with the values of all arguments, as many as its signature says.
using Evaluator = values::View (*)(std::span<const values::View> arguments, const Environment& environment);

/// Null for binders.
Evaluator evaluator_of(syntax::Function function);

/// What `and`, `or` and the final verdict make of a value; the same as the cast `boolean()`.
bool is_truthy(const values::View& value, const syntax::Semantics& semantics);

}  // namespace engage::expr::functions
