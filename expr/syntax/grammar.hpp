#pragma once

// The segmentation expression language as documented at docs.mixpanel.com/reference/segmentation-expressions, with the
// forms that Mixpanel's own clients send beside it. Included by parse.cpp and the grammar test only. Each operator
// level is `next (tail)*`, and a tail folds to the left.

#include "expr/syntax/grammar_tokens.hpp"

namespace engage::expr::syntax::grammar {

// clang-format off
/// Everything that recurses passes through here, so that its depth can be bounded.
template <class Rule> struct nested : Rule {};

struct expression;
struct inversion;
struct unary;

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

// Whatever contains other expressions. The names of functions and variables are the builder's affair: it refuses an
// unknown function and lets `open_scan`, `open_let` and `variable` fail for what is none.
struct close_group   : one<')'> {};
struct close_call    : one<')'> {};
struct close_list    : one<']'> {};
struct close_index   : one<']'> {};
struct items         : seq<must<expression>, star<symbol<','>, must<expression>>> {};
struct function_name : seq<word_start, star<word_char>> {};
struct call_head     : seq<function_name, ws, one<'('>, ws> {};
struct open_call     : call_head {};
struct arguments     : sor<close_call, seq<items, must<close_call>>> {};
struct call          : seq<open_call, nested<arguments>, ws> {};
struct bound_name    : seq<word_start, star<word_char>> {};
struct comma_after_name  : symbol<','> {};
struct comma_after_value : symbol<','> {};
struct binding       : seq<must<bound_name>, ws, must<comma_after_name>, must<expression>, must<comma_after_value>> {};
struct more_bindings : star<at<seq<bound_name, ws, one<','>>>, binding> {};
struct open_scan     : call_head {};
struct scan          : seq<open_scan, nested<seq<binding, must<expression>, must<close_call>>>, ws> {};
struct open_let      : call_head {};
struct let           : seq<open_let, nested<seq<binding, more_bindings, must<expression>, must<close_call>>>, ws> {};
struct variable      : seq<word_start, star<word_char>> {};
struct bound_value   : seq<variable, ws> {};
struct open_list     : symbol<'['> {};
struct list_items    : sor<close_list, seq<items, must<close_list>>> {};
struct list_value    : seq<open_list, nested<list_items>, ws> {};
struct group         : seq<symbol<'('>, nested<seq<must<expression>, must<close_group>>>, ws> {};
struct open_index    : symbol<'['> {};
struct index         : seq<open_index, nested<seq<must<expression>, must<close_index>>>, ws> {};
struct indexable     : seq<sor<reference, scan, let, call, bound_value, group, list_value>, star<index>> {};

// Operators, tightest first.
struct negation      : seq<symbol<'-'>, nested<must<unary>>> {};
struct not_word      : word<'n', 'o', 't'> {};
struct exclamation   : seq<one<'!'>, not_at<one<'='>>, ws> {};
struct not_sign      : sor<not_word, seq<from<Grammar::kLenient>, exclamation>> {};
struct not_operation : seq<not_sign, nested<must<inversion>>> {};
struct in_word       : word<'i', 'n'> {};
struct unary         : sor<string_value, number, negation, not_operation, constant, indexable> {};
struct times         : symbol<'*'> {};
struct multiply_tail : seq<times, must<unary>> {};
struct over          : symbol<'/'> {};
struct divide_tail   : seq<over, must<unary>> {};
struct percent       : symbol<'%'> {};
struct modulo_tail   : seq<percent, must<unary>> {};
struct product       : seq<unary, star<sor<multiply_tail, divide_tail, modulo_tail>>> {};
struct lone_minus    : seq<one<'-'>, not_at<sor<digit, one<'.'>>>, ws> {};
struct glued_minus   : symbol<'-'> {};
struct minus         : sor<lone_minus, seq<from<Grammar::kLenient>, glued_minus>> {};
struct add_tail      : seq<symbol<'+'>, must<product>> {};
struct subtract_tail : seq<minus, must<product>> {};
struct sum           : seq<product, star<sor<add_tail, subtract_tail>>> {};
struct single_equals : symbol<'='> {};
struct equals        : sor<symbol<'=', '='>, single_equals> {};
struct equal_tail    : seq<equals, must<sum>> {};
struct unequal_tail  : seq<symbol<'!', '='>, must<sum>> {};
struct at_most_tail  : seq<symbol<'<', '='>, must<sum>> {};
struct at_least_tail : seq<symbol<'>', '='>, must<sum>> {};
struct less_tail     : seq<symbol<'<'>, must<sum>> {};
struct greater_tail  : seq<symbol<'>'>, must<sum>> {};
struct in_tail       : seq<in_word, must<sum>> {};
struct not_in        : seq<word<'n', 'o', 't'>, word<'i', 'n'>> {};
struct not_in_tail   : seq<not_in, must<sum>> {};
struct contains      : word<'c', 'o', 'n', 't', 'a', 'i', 'n', 's'> {};
struct has           : word<'h', 'a', 's'> {};
struct contains_tail : seq<from<Grammar::kLenient>, sor<contains, has>, must<sum>> {};
struct word_relation : sor<in_tail, not_in_tail, contains_tail> {};
struct relation      : sor<equal_tail, unequal_tail, at_most_tail, at_least_tail, less_tail, greater_tail, word_relation> {};
struct comparison    : seq<sum, star<relation>> {};
struct inversion     : sor<not_operation, comparison> {};
struct and_word      : word<'a', 'n', 'd'> {};
struct ampersands    : symbol<'&', '&'> {};
struct and_sign      : sor<and_word, seq<from<Grammar::kLenient>, ampersands>> {};
struct and_tail      : seq<and_sign, must<inversion>> {};
struct conjunction   : seq<inversion, star<and_tail>> {};
struct or_word       : word<'o', 'r'> {};
struct bars          : symbol<'|', '|'> {};
struct or_sign       : sor<or_word, seq<from<Grammar::kLenient>, bars>> {};
struct or_tail       : seq<or_sign, must<conjunction>> {};
struct expression    : seq<conjunction, star<or_tail>> {};
struct end           : eof {};
struct where         : seq<ws, sor<eof, seq<must<expression>, must<end>>>> {};
// clang-format on

}  // namespace engage::expr::syntax::grammar
