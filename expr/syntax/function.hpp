#pragma once

#include <cstddef>

namespace engage::expr::syntax {

/// The functions of the language, and the binders that are written like one, in the order of functions.def. Those
/// behind `kCeil` belong to the formulas of custom properties alone.
enum class Function : unsigned char {
#define ENGAGE_FUNCTION(id, name, least, most, grammar, shape, evaluate) id,
#define ENGAGE_BINDER(id, name, least, most, grammar, shape) id,
#include "expr/syntax/functions.def"
    kCount
};
inline constexpr std::size_t kFunctions = static_cast<std::size_t>(Function::kCount);

}  // namespace engage::expr::syntax
