#pragma once

#include <span>

#include "expr/functions/functions.hpp"
#include "expr/values/value.hpp"

/// What evaluates the functions of functions.def. Each takes as many arguments as its row says; arguments of other
/// types than documented give undefined. Casts and rounding: docs.mixpanel.com/reference/segmentation-expressions; the
/// others: docs.mixpanel.com/docs/features/custom-properties. A character is a Unicode code point; letter case is that
/// of A to Z alone. A search is undefined, too, for a pattern that PCRE2 refuses and for a match that takes too many
/// steps. Dates are datetimes or the texts that `datetime()` reads; `today()` is the start of the day, in the project's
/// time zone, of `NOW`, which the binder passes.
namespace engage::expr::functions::formula {

using Arguments = std::span<const values::View>;

#define ENGAGE_FUNCTION(id, name, least, most, grammar, shape, evaluate) \
    values::View evaluate(Arguments arguments, const Environment& environment);
#define ENGAGE_BINDER(id, name, least, most, grammar, shape)
#include "expr/syntax/functions.def"

}  // namespace engage::expr::functions::formula
