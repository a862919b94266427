#pragma once

// The tokens of the segmentation expression language. Each eats the white space after it.

#include <tao/pegtl.hpp>

#include "expr/syntax/dialect.hpp"

namespace engage::expr::syntax::grammar {
using namespace tao::pegtl;

// clang-format off
struct ws            : star<one<' ', '\t', '\r', '\n', '\f', '\v'>> {};
struct word_start    : ranges<'a', 'z', 'A', 'Z', '_', '_', '$', '$'> {};
struct word_char     : ranges<'a', 'z', 'A', 'Z', '0', '9', '_', '_', '$', '$'> {};
template <char... C> struct word : seq<istring<C...>, not_at<word_char>, ws> {};
template <char... C> struct exact_word : seq<string<C...>, not_at<word_char>> {};
template <char... C> struct symbol : seq<string<C...>, ws> {};
/// Matches nothing, in `kLeast` and the grammars that include it. Not inside of `at`, where no action is called.
template <Grammar kLeast> struct from : success {};

// Strings. A raw control character is an ordinary one; what an escape means is the builder's affair.
struct escape        : seq<one<'\\'>, any> {};
struct open_string   : one<'"', '\''> {};
struct double_text   : star<sor<plus<not_one<'"', '\\'>>, escape>> {};
struct single_text   : star<sor<plus<not_one<'\'', '\\'>>, escape>> {};
struct close_double  : one<'"'> {};
struct close_single  : one<'\''> {};
struct double_quoted : seq<at<one<'"'>>, open_string, double_text, must<close_double>> {};
struct single_quoted : seq<at<one<'\''>>, open_string, single_text, must<close_single>> {};
struct quoted        : sor<double_quoted, single_quoted> {};
struct string_value  : seq<quoted, ws> {};

// Numbers. A '-' that touches a digit belongs to the number and is never an operator.
struct exponent      : seq<one<'e', 'E'>, opt<one<'+', '-'>>, plus<digit>> {};
struct mantissa      : sor<seq<plus<digit>, opt<one<'.'>, star<digit>>>, seq<one<'.'>, plus<digit>>> {};
struct number_text   : seq<opt<one<'-'>>, mantissa, opt<exponent>> {};
struct number_end    : not_at<word_start> {};
struct number        : seq<number_text, must<number_end>, ws> {};

// Constants, in any letter case; only the macro NOW insists on capitals.
struct true_value    : word<'t', 'r', 'u', 'e'> {};
struct false_value   : word<'f', 'a', 'l', 's', 'e'> {};
struct undefined     : word<'u', 'n', 'd', 'e', 'f', 'i', 'n', 'e', 'd'> {};
struct null          : word<'n', 'u', 'l', 'l'> {};
struct now           : seq<exact_word<'N', 'O', 'W'>, ws> {};
struct lower_now     : word<'n', 'o', 'w'> {};
struct constant      : sor<true_value, false_value, undefined, null, now, seq<from<Grammar::kLenient>, lower_now>> {};
// clang-format on

}  // namespace engage::expr::syntax::grammar
