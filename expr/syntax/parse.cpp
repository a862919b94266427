#include "expr/syntax/parse.hpp"

#include "expr/syntax/builder.hpp"
#include "expr/syntax/diagnose.hpp"
#include "expr/syntax/grammar.hpp"

namespace engage::expr::syntax {
namespace {

namespace g = grammar;

/// A point where the parser gives up: what was expected there. A `must` rule without a row does not compile.
struct HardPoint {
    Wanted wanted = Wanted::kOther;
    const char* text = nullptr;
};
constexpr auto kValue = Wanted::kValue;
constexpr auto kOperator = Wanted::kOperator;
constexpr auto kOther = Wanted::kOther;

// clang-format off
template <class> inline constexpr HardPoint kExpectedAt{};
template <> inline constexpr HardPoint kExpectedAt<g::expression>{kValue, "expected a value, e.g. properties[\"plan\"] == \"pro\""};
template <> inline constexpr HardPoint kExpectedAt<g::conjunction>{kValue, "expected an expression after 'or'"};
template <> inline constexpr HardPoint kExpectedAt<g::inversion>{kValue, "expected an expression after 'and' or 'not'"};
template <> inline constexpr HardPoint kExpectedAt<g::sum>{kValue, "expected a value after the comparison operator"};
template <> inline constexpr HardPoint kExpectedAt<g::product>{kValue, "expected a value after '+' or '-'"};
template <> inline constexpr HardPoint kExpectedAt<g::unary>{kValue, "expected a value after the operator"};
template <> inline constexpr HardPoint kExpectedAt<g::end>{kOperator, "expected an operator or the end of the expression"};
template <> inline constexpr HardPoint kExpectedAt<g::close_group>{kOperator, "expected an operator or ')'"};
template <> inline constexpr HardPoint kExpectedAt<g::close_call>{kOperator, "expected an operator, ',' or ')'"};
template <> inline constexpr HardPoint kExpectedAt<g::close_list>{kOperator, "expected an operator, ',' or ']'"};
template <> inline constexpr HardPoint kExpectedAt<g::close_index>{kOperator, "expected an operator or ']'"};
template <> inline constexpr HardPoint kExpectedAt<g::bound_name>{kOther, "expected a name for the value, e.g. any(x, properties[\"list\"], x > 1)"};
template <> inline constexpr HardPoint kExpectedAt<g::comma_after_name>{kOther, "expected ',' after the name"};
template <> inline constexpr HardPoint kExpectedAt<g::comma_after_value>{kOperator, "expected an operator or ','"};
template <> inline constexpr HardPoint kExpectedAt<g::number_end>{kOther, "expected a space or an operator after the number"};
template <> inline constexpr HardPoint kExpectedAt<g::name_bracket>{kOther, "expected a quoted name in brackets, e.g. properties[\"plan\"]"};
template <> inline constexpr HardPoint kExpectedAt<g::name>{kOther, "expected a quoted property name, e.g. properties[\"plan\"]"};
template <> inline constexpr HardPoint kExpectedAt<g::name_end>{kOther, "expected ']' after the property name"};
template <> inline constexpr HardPoint kExpectedAt<g::close_double>{Wanted::kQuote, "unterminated string: no closing '\"'"};
template <> inline constexpr HardPoint kExpectedAt<g::close_single>{Wanted::kQuote, "unterminated string: no closing \"'\""};
// clang-format on

template <class Rule>
struct control : tao::pegtl::normal<Rule> {
    template <class Input>
    [[noreturn]] static void raise(const Input& in, Builder& builder) {
        constexpr auto kPoint = kExpectedAt<Rule>;
        static_assert(kPoint.text != nullptr, "a hard point needs a row in kExpectedAt");
        // Where a string begins says more than the end of the text.
        const auto offset = kPoint.wanted == Wanted::kQuote ? builder.string_begin() : builder.offset_of(in.current());
        throw Refused{{offset, explain(builder.source(), offset, kPoint.wanted, kPoint.text, builder.grammar())}};
    }
};

template <class Rule>
struct action : tao::pegtl::nothing<Rule> {};

template <class Rule>
struct action<grammar::nested<Rule>> : tao::pegtl::maybe_nothing {
    template <class Nested, tao::pegtl::apply_mode A, tao::pegtl::rewind_mode M, template <class...> class Action,
              template <class...> class Control, class Input>
    static bool match(Input& in, Builder& builder) {
        const Builder::Nesting level(builder, in.current());
        return tao::pegtl::match<Nested, A, M, Action, Control>(in, builder);
    }
};

/// Hands the matched text to a member function of the builder.
template <void (Builder::*Member)(std::string_view)>
struct report_text {
    template <class Input>
    static void apply(const Input& in, Builder& builder) {
        (builder.*Member)(in.string_view());
    }
};
template <void (Builder::*Member)()>
struct report {
    static void apply0(Builder& builder) { (builder.*Member)(); }
};
template <bool (Builder::*Member)(std::string_view)>
struct ask_text {
    template <class Input>
    static bool apply(const Input& in, Builder& builder) {
        return (builder.*Member)(in.string_view());
    }
};
template <Shape kShape>
struct ask_binder {
    static bool apply0(Builder& builder) { return builder.open_binder(kShape); }
};
template <Construct kConstruct>
struct report_use {
    template <class Input>
    static void apply(const Input& in, Builder& builder) {
        builder.use(kConstruct, in.string_view());
    }
};
template <values::Scope kScope>
struct report_scope {
    template <class Input>
    static void apply(const Input& in, Builder& builder) {
        builder.scope(in.string_view(), kScope);
    }
};
template <class Value, Value... kValues>
struct report_constant {
    template <class Input>
    static void apply(const Input& in, Builder& builder) {
        builder.constant(in.string_view(), Value{kValues...});
    }
};
template <class Value, Construct kConstruct>
struct report_used_constant {
    template <class Input>
    static void apply(const Input& in, Builder& builder) {
        builder.use(kConstruct, in.string_view());
        builder.constant(in.string_view(), Value{});
    }
};
template <UnaryOp kOp>
struct report_unary {
    template <class Input>
    static void apply(const Input& in, Builder& builder) {
        builder.unary(kOp, in.string_view());
    }
};
template <BinaryOp kOp>
struct report_binary {
    static void apply0(Builder& builder) { builder.binary(kOp); }
};
template <LogicalOp kOp>
struct report_logical {
    static void apply0(Builder& builder) { builder.logical(kOp); }
};

template <Grammar kLeast>
struct action<grammar::from<kLeast>> {
    static bool apply0(Builder& builder) { return builder.grammar() >= kLeast; }
};

// clang-format off
template <> struct action<grammar::open_string> : report_text<&Builder::open_string> {};
template <> struct action<grammar::double_text> : report_text<&Builder::string_text> {};
template <> struct action<grammar::single_text> : report_text<&Builder::string_text> {};
template <> struct action<grammar::string_value> : report<&Builder::string_value> {};
template <> struct action<grammar::number_text> : report_text<&Builder::number> {};
template <> struct action<grammar::true_value> : report_constant<bool, true> {};
template <> struct action<grammar::false_value> : report_constant<bool, false> {};
template <> struct action<grammar::undefined> : report_used_constant<UndefinedLiteral, Construct::kUndefined> {};
template <> struct action<grammar::null> : report_used_constant<NullLiteral, Construct::kNull> {};
template <> struct action<grammar::now> : report_constant<Now> {};
template <> struct action<grammar::lower_now> : report_used_constant<Now, Construct::kLowerNow> {};
template <> struct action<grammar::properties> : report_scope<values::Scope::kProperties> {};
template <> struct action<grammar::user> : report_scope<values::Scope::kUser> {};
template <> struct action<grammar::event> : report_scope<values::Scope::kEvent> {};
template <> struct action<grammar::behaviors> : report_scope<values::Scope::kBehaviors> {};
template <> struct action<grammar::name_end> : report_text<&Builder::closed> {};
template <> struct action<grammar::reference> : report<&Builder::reference> {};
template <> struct action<grammar::function_name> : report_text<&Builder::function_name> {};
template <> struct action<grammar::open_call> : report<&Builder::open_call> {};
template <> struct action<grammar::close_call> : report_text<&Builder::closed> {};
template <> struct action<grammar::call> : report<&Builder::call> {};
template <> struct action<grammar::open_scan> : ask_binder<Shape::kScan> {};
template <> struct action<grammar::open_let> : ask_binder<Shape::kLet> {};
template <> struct action<grammar::bound_name> : report_text<&Builder::bound_name> {};
template <> struct action<grammar::binding> : report<&Builder::bind> {};
template <> struct action<grammar::scan> : report<&Builder::binder> {};
template <> struct action<grammar::let> : report<&Builder::binder> {};
template <> struct action<grammar::variable> : ask_text<&Builder::variable> {};
template <> struct action<grammar::open_list> : report_text<&Builder::open_list> {};
template <> struct action<grammar::close_list> : report_text<&Builder::closed> {};
template <> struct action<grammar::list_value> : report<&Builder::list> {};
template <> struct action<grammar::group> : report<&Builder::group> {};
template <> struct action<grammar::close_index> : report_text<&Builder::closed> {};
template <> struct action<grammar::index> : report<&Builder::index> {};
template <> struct action<grammar::open_index> : report_use<Construct::kIndex> {};
template <> struct action<grammar::not_word> : report_text<&Builder::word> {};
template <> struct action<grammar::exclamation> : report_use<Construct::kExclamationMark> {};
template <> struct action<grammar::times> : report_use<Construct::kMultiply> {};
template <> struct action<grammar::over> : report_use<Construct::kDivide> {};
template <> struct action<grammar::percent> : report_use<Construct::kModulo> {};
template <> struct action<grammar::glued_minus> : report_use<Construct::kGluedMinus> {};
template <> struct action<grammar::single_equals> : report_use<Construct::kSingleEquals> {};
template <> struct action<grammar::in_word> : report_text<&Builder::word> {};
template <> struct action<grammar::not_in> : report_text<&Builder::not_in_words> {};
template <> struct action<grammar::contains> : report_use<Construct::kContains> {};
template <> struct action<grammar::has> : report_use<Construct::kHas> {};
template <> struct action<grammar::and_word> : report_text<&Builder::word> {};
template <> struct action<grammar::ampersands> : report_use<Construct::kAmpersands> {};
template <> struct action<grammar::or_word> : report_text<&Builder::word> {};
template <> struct action<grammar::bars> : report_use<Construct::kBars> {};
template <> struct action<grammar::negation> : report_unary<UnaryOp::kMinus> {};
template <> struct action<grammar::not_operation> : report_unary<UnaryOp::kNot> {};
template <> struct action<grammar::multiply_tail> : report_binary<BinaryOp::kMultiply> {};
template <> struct action<grammar::divide_tail> : report_binary<BinaryOp::kDivide> {};
template <> struct action<grammar::modulo_tail> : report_binary<BinaryOp::kModulo> {};
template <> struct action<grammar::add_tail> : report_binary<BinaryOp::kAdd> {};
template <> struct action<grammar::subtract_tail> : report_binary<BinaryOp::kSubtract> {};
template <> struct action<grammar::equal_tail> : report_binary<BinaryOp::kEqual> {};
template <> struct action<grammar::unequal_tail> : report_binary<BinaryOp::kNotEqual> {};
template <> struct action<grammar::at_most_tail> : report_binary<BinaryOp::kLessEqual> {};
template <> struct action<grammar::at_least_tail> : report_binary<BinaryOp::kGreaterEqual> {};
template <> struct action<grammar::less_tail> : report_binary<BinaryOp::kLess> {};
template <> struct action<grammar::greater_tail> : report_binary<BinaryOp::kGreater> {};
template <> struct action<grammar::in_tail> : report_binary<BinaryOp::kIn> {};
template <> struct action<grammar::contains_tail> : report_binary<BinaryOp::kContains> {};
template <> struct action<grammar::not_in_tail> : report<&Builder::not_in> {};
template <> struct action<grammar::and_tail> : report_logical<LogicalOp::kAnd> {};
template <> struct action<grammar::or_tail> : report_logical<LogicalOp::kOr> {};
// clang-format on

}  // namespace

Expected<Ast, ParseError> parse(std::string_view text, Grammar grammar) {
    if (text.size() > kMaxSourceLength)
        return unexpected(ParseError{0, "longer than " + std::to_string(kMaxSourceLength) + " bytes"});
    Builder builder(text, grammar);
    tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy> in(text.data(), text.data() + text.size(), "");
    try {
        tao::pegtl::parse<grammar::where, action, control>(in, builder);
    } catch (Refused& refused) {
        return unexpected(std::move(refused.error));
    }
    return builder.finish();
}

}  // namespace engage::expr::syntax
