#pragma once

#include <array>
#include <cstdint>

namespace engage::expr::syntax {

/// How much of the language is accepted; each includes the ones before it.
enum class Grammar : std::uint8_t {
    kKnown,    ///< H: what Mixpanel's own client says that the endpoint accepts.
    kEngage,   ///< E: with the documented operators and the forms that clients send. The default.
    kFull,     ///< A: with the functions of custom property formulas, which the endpoint refuses.
    kLenient,  ///< L: with what other languages write, e.g. `&&`.
};

inline constexpr std::array kGrammars{Grammar::kKnown, Grammar::kEngage, Grammar::kFull, Grammar::kLenient};

/// Readings of the language on which public sources contradict each other. The default values are the best evidence;
/// docs/fidelity.md names the sources.
struct Semantics {
    bool modulo_takes_sign_of_divisor = false;  ///< `-7 % 3` is 2 instead of -1.
    bool bad_number_is_zero = false;            ///< `number("abc")` is 0 instead of undefined.
    bool text_false_is_true = false;            ///< `boolean("false")` is true instead of false, as a condition, too.
    bool undefined_as_text = false;             ///< `string(undefined)` is "undefined" instead of undefined.
    bool not_null_is_undefined = false;         ///< `not null` is undefined instead of true.
    bool null_equals_undefined = false;         ///< `null == undefined` is true instead of false.
    bool logical_types_refused = false;         ///< An operand of `and` or `or` must be a boolean or undefined.

    bool operator==(const Semantics&) const = default;
};

}  // namespace engage::expr::syntax
