#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "expr/syntax/construct.hpp"
#include "expr/syntax/signature.hpp"

namespace engage::expr::syntax {

/// What the grammar looked for where it gave up.
enum class Wanted : unsigned char { kValue, kOperator, kQuote, kOther };

/// The message for a text that is wrong at `offset`: advice where the mistake is a known one, else `expected`.
std::string explain(std::string_view text, std::size_t offset, Wanted wanted, std::string_view expected,
                    Grammar grammar);

/// Why a call of `name` is refused.
std::string explain_function(std::string_view name, Grammar grammar);

/// Why a construct is refused that is beyond `Grammar::kKnown`.
std::string explain_beyond(const Use& use);

/// Why a call with `count` arguments is refused.
std::string explain_arity(const Signature& function, std::size_t count);

}  // namespace engage::expr::syntax
