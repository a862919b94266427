#pragma once

// The segmentation expression language as documented at docs.mixpanel.com/reference/segmentation-expressions, with the
// forms that Mixpanel's own clients send beside it. Included by parse.cpp and the grammar test only. Each token eats
// the white space after it; each operator level is `next (tail)*`, and a tail folds to the left.

#include <tao/pegtl.hpp>

namespace engage::expr::grammar {
using namespace tao::pegtl;

// clang-format off
struct ws            : star<one<' ', '\t', '\r', '\n', '\f', '\v'>> {};
struct word_start    : ranges<'a', 'z', 'A', 'Z', '_', '_', '$', '$'> {};
struct word_char     : ranges<'a', 'z', 'A', 'Z', '0', '9', '_', '_', '$', '$'> {};
template <char... C> struct word : seq<istring<C...>, not_at<word_char>, ws> {};
template <char... C> struct exact_word : seq<string<C...>, not_at<word_char>> {};
template <char... C> struct symbol : seq<string<C...>, ws> {};
/// Everything that recurses passes through here, so that its depth can be bounded.
template <class Rule> struct nested : Rule {};

struct expression;
struct inversion;
struct unary;

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
struct constant      : sor<true_value, false_value, undefined, null, now> {};

// References: a scope and a quoted name.
struct properties    : exact_word<'p', 'r', 'o', 'p', 'e', 'r', 't', 'i', 'e', 's'> {};
struct user          : exact_word<'u', 's', 'e', 'r'> {};
struct event         : exact_word<'e', 'v', 'e', 'n', 't'> {};
struct behaviors     : exact_word<'b', 'e', 'h', 'a', 'v', 'i', 'o', 'r', 's'> {};
struct scope         : seq<sor<properties, user, event, behaviors>, ws> {};
struct name_bracket  : one<'['> {};
struct name          : quoted {};
struct name_end      : one<']'> {};
struct reference     : seq<scope, must<name_bracket>, ws, must<name>, ws, must<name_end>, ws> {};

// Whatever contains other expressions.
struct close_group   : one<')'> {};
struct close_call    : one<')'> {};
struct close_list    : one<']'> {};
struct close_index   : one<']'> {};
struct items         : seq<must<expression>, star<symbol<','>, must<expression>>> {};
struct function_name : seq<word_start, star<word_char>> {};
struct open_call     : seq<function_name, ws, one<'('>, ws> {};
struct arguments     : sor<close_call, seq<items, must<close_call>>> {};
struct call          : seq<open_call, nested<arguments>, ws> {};
struct open_list     : symbol<'['> {};
struct list_items    : sor<close_list, seq<items, must<close_list>>> {};
struct list_value    : seq<open_list, nested<list_items>, ws> {};
struct group         : seq<symbol<'('>, nested<seq<must<expression>, must<close_group>>>, ws> {};
struct index         : seq<symbol<'['>, nested<seq<must<expression>, must<close_index>>>, ws> {};
struct indexable     : seq<sor<reference, call, group, list_value>, star<index>> {};

// Operators, tightest first.
struct negation      : seq<symbol<'-'>, nested<must<unary>>> {};
struct not_word      : word<'n', 'o', 't'> {};
struct not_operation : seq<not_word, nested<must<inversion>>> {};
struct in_word       : word<'i', 'n'> {};
struct unary         : sor<string_value, number, negation, not_operation, constant, indexable> {};
struct multiply_tail : seq<symbol<'*'>, must<unary>> {};
struct divide_tail   : seq<symbol<'/'>, must<unary>> {};
struct modulo_tail   : seq<symbol<'%'>, must<unary>> {};
struct product       : seq<unary, star<sor<multiply_tail, divide_tail, modulo_tail>>> {};
struct lone_minus    : seq<one<'-'>, not_at<sor<digit, one<'.'>>>, ws> {};
struct add_tail      : seq<symbol<'+'>, must<product>> {};
struct subtract_tail : seq<lone_minus, must<product>> {};
struct sum           : seq<product, star<sor<add_tail, subtract_tail>>> {};
struct equals        : sor<symbol<'=', '='>, symbol<'='>> {};
struct equal_tail    : seq<equals, must<sum>> {};
struct unequal_tail  : seq<symbol<'!', '='>, must<sum>> {};
struct at_most_tail  : seq<symbol<'<', '='>, must<sum>> {};
struct at_least_tail : seq<symbol<'>', '='>, must<sum>> {};
struct less_tail     : seq<symbol<'<'>, must<sum>> {};
struct greater_tail  : seq<symbol<'>'>, must<sum>> {};
struct in_tail       : seq<in_word, must<sum>> {};
struct not_in_tail   : seq<not_word, in_word, must<sum>> {};
struct relation      : sor<equal_tail, unequal_tail, at_most_tail, at_least_tail, less_tail, greater_tail, in_tail, not_in_tail> {};
struct comparison    : seq<sum, star<relation>> {};
struct inversion     : sor<not_operation, comparison> {};
struct and_tail      : seq<word<'a', 'n', 'd'>, must<inversion>> {};
struct conjunction   : seq<inversion, star<and_tail>> {};
struct or_tail       : seq<word<'o', 'r'>, must<conjunction>> {};
struct expression    : seq<conjunction, star<or_tail>> {};
struct end           : eof {};
struct where         : seq<ws, sor<eof, seq<must<expression>, must<end>>>> {};
// clang-format on

}  // namespace engage::expr::grammar
