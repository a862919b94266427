#include "expr/evaluation/operators.hpp"

#include <algorithm>
#include <cmath>
#include <compare>
#include <optional>
#include <vector>

#include "expr/text/text.hpp"

namespace engage::expr::evaluation {
namespace {

/// How the types of two operands go together: the one place that decides it, for every operator.
enum class Pair : unsigned char {
    kMixed,
    kUndefineds,
    kNulls,
    kBooleans,
    kNumbers,
    kStrings,
    kDatetimes,
    kTextDate,
    kDateText,
    kLists,
    kObjects
};

Pair pair_of(const values::View& left, const values::View& right) {
    const auto date = values::Type::kDatetime;
    if (left.is(values::Type::kString) && right.is(date)) return Pair::kTextDate;
    if (left.is(date) && right.is(values::Type::kString)) return Pair::kDateText;
    if (left.type() != right.type()) return Pair::kMixed;
    switch (left.type()) {
        case values::Type::kUndefined:
            return Pair::kUndefineds;
        case values::Type::kNull:
            return Pair::kNulls;
        case values::Type::kBoolean:
            return Pair::kBooleans;
        case values::Type::kNumber:
            return Pair::kNumbers;
        case values::Type::kString:
            return Pair::kStrings;
        case values::Type::kDatetime:
            return Pair::kDatetimes;
        case values::Type::kList:
            return Pair::kLists;
        case values::Type::kObject:
            return Pair::kObjects;
    }
    return Pair::kMixed;
}

/// The order of two values, or nothing when they have none. A text beside a datetime counts as the date that it spells.
std::optional<std::partial_ordering> order(Pair pair, const values::View& left, const values::View& right,
                                           const functions::Environment& environment) {
    switch (pair) {
        case Pair::kNumbers:
            return left.as_number() <=> right.as_number();
        case Pair::kStrings:
            return text::compare_ignoring_case(left.as_string(), right.as_string());
        case Pair::kDatetimes:
            return left.as_datetime() <=> right.as_datetime();
        case Pair::kTextDate: {
            const auto date = values::parse_datetime(left.as_string(), environment.zone);
            if (!date) return std::nullopt;
            return *date <=> right.as_datetime();
        }
        case Pair::kDateText: {
            const auto date = values::parse_datetime(right.as_string(), environment.zone);
            if (!date) return std::nullopt;
            return left.as_datetime() <=> *date;
        }
        default:
            return std::nullopt;
    }
}

bool equal(const values::View& left, const values::View& right, const functions::Environment& environment);

bool equal_lists(std::span<const values::View> left, std::span<const values::View> right,
                 const functions::Environment& environment) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [&](const values::View& a, const values::View& b) { return equal(a, b, environment); });
}

std::span<const values::Member*> sorted_by_name(std::span<const values::Member> members, values::Arena& arena) {
    const auto sorted = arena.allocate<const values::Member*>(members.size());
    std::transform(members.begin(), members.end(), sorted.begin(),
                   [](const values::Member& member) { return &member; });
    std::sort(sorted.begin(), sorted.end(),
              [](const values::Member* a, const values::Member* b) { return a->name < b->name; });
    return sorted;
}

bool equal_large_objects(std::span<const values::Member> left, std::span<const values::Member> right,
                         const functions::Environment& environment) {
    const auto ours = sorted_by_name(left, environment.arena);
    const auto theirs = sorted_by_name(right, environment.arena);
    return std::equal(ours.begin(), ours.end(), theirs.begin(), [&](const values::Member* a, const values::Member* b) {
        return a->name == b->name && equal(a->value, b->value, environment);
    });
}

bool equal_objects(std::span<const values::Member> left, std::span<const values::Member> right,
                   const functions::Environment& environment) {
    constexpr std::size_t kLarge = 16;  ///< Smaller ones are searched member by member.
    if (left.size() != right.size()) return false;
    if (left.size() > kLarge) return equal_large_objects(left, right, environment);
    const auto has_equal = [&](const values::Member& member) {
        const auto other =
            std::find_if(right.begin(), right.end(), [&](const values::Member& m) { return m.name == member.name; });
        return other != right.end() && equal(member.value, other->value, environment);
    };
    return std::all_of(left.begin(), left.end(), has_equal);
}

bool is_missing(const values::View& value) {
    return value.is(values::Type::kUndefined) || value.is(values::Type::kNull);
}

bool equal(const values::View& left, const values::View& right, const functions::Environment& environment) {
    switch (const auto pair = pair_of(left, right)) {
        case Pair::kMixed:
            return environment.semantics.null_equals_undefined && is_missing(left) && is_missing(right);
        case Pair::kUndefineds:
        case Pair::kNulls:
            return true;
        case Pair::kBooleans:
            return left.as_boolean() == right.as_boolean();
        case Pair::kStrings:
            return text::equal_ignoring_case(left.as_string(), right.as_string());
        case Pair::kNumbers:
        case Pair::kDatetimes:
        case Pair::kTextDate:
        case Pair::kDateText:
            return order(pair, left, right, environment) == std::partial_ordering::equivalent;
        case Pair::kLists:
            return equal_lists(left.as_list(), right.as_list(), environment);
        case Pair::kObjects:
            return equal_objects(left.as_object(), right.as_object(), environment);
    }
    return false;
}

values::View in(const values::View& item, const values::View& whole, const functions::Environment& environment) {
    if (whole.is(values::Type::kList)) {
        const auto items = whole.as_list();
        return values::View::boolean(std::any_of(
            items.begin(), items.end(), [&](const values::View& other) { return equal(item, other, environment); }));
    }
    if (pair_of(item, whole) != Pair::kStrings) return {};
    return values::View::boolean(text::contains_ignoring_case(whole.as_string(), item.as_string()));
}

values::View finite(double number) { return std::isfinite(number) ? values::View::number(number) : values::View(); }

values::View concatenated(std::string_view left, std::string_view right, const functions::Environment& environment) {
    if (left.size() + right.size() > functions::kMaxConcatenation || environment.is_out_of_memory()) return {};
    const auto room = environment.arena.allocate<char>(left.size() + right.size());
    std::copy(right.begin(), right.end(), std::copy(left.begin(), left.end(), room.begin()));
    return values::View::string({room.data(), room.size()});
}

/// With the sign of the dividend, as documented, or of the divisor, as in Mixpanel's SDK evaluators.
double remainder(double dividend, double divisor, const syntax::Semantics& semantics) {
    const auto rest = std::fmod(dividend, divisor);
    const bool differ = rest != 0 && std::signbit(rest) != std::signbit(divisor);
    return semantics.modulo_takes_sign_of_divisor && differ ? rest + divisor : rest;
}

values::View arithmetic(syntax::BinaryOp op, const values::View& left, const values::View& right,
                        const functions::Environment& environment) {
    const auto pair = pair_of(left, right);
    if (pair == Pair::kStrings && op == syntax::BinaryOp::kAdd)
        return concatenated(left.as_string(), right.as_string(), environment);
    if (pair != Pair::kNumbers) return {};
    const auto a = left.as_number();
    const auto b = right.as_number();
    switch (op) {
        case syntax::BinaryOp::kAdd:
            return finite(a + b);
        case syntax::BinaryOp::kSubtract:
            return finite(a - b);
        case syntax::BinaryOp::kMultiply:
            return finite(a * b);
        case syntax::BinaryOp::kDivide:
            return finite(a / b);
        case syntax::BinaryOp::kModulo:
            return finite(remainder(a, b, environment.semantics));
        default:
            return {};
    }
}

values::View relation(const values::View& left, const values::View& right, const functions::Environment& environment,
                      bool (*holds)(std::partial_ordering)) {
    const auto result = order(pair_of(left, right), left, right, environment);
    return result ? values::View::boolean(holds(*result)) : values::View();
}

}  // namespace

values::View apply(syntax::BinaryOp op, const values::View& left, const values::View& right,
                   const functions::Environment& environment) {
    switch (op) {
        case syntax::BinaryOp::kEqual:
            return values::View::boolean(equal(left, right, environment));
        case syntax::BinaryOp::kNotEqual:
            return values::View::boolean(!equal(left, right, environment));
        case syntax::BinaryOp::kLess:
            return relation(left, right, environment, std::is_lt);
        case syntax::BinaryOp::kLessEqual:
            return relation(left, right, environment, std::is_lteq);
        case syntax::BinaryOp::kGreater:
            return relation(left, right, environment, std::is_gt);
        case syntax::BinaryOp::kGreaterEqual:
            return relation(left, right, environment, std::is_gteq);
        case syntax::BinaryOp::kIn:
            return in(left, right, environment);
        case syntax::BinaryOp::kContains:
            return in(right, left, environment);
        case syntax::BinaryOp::kAdd:
        case syntax::BinaryOp::kSubtract:
        case syntax::BinaryOp::kMultiply:
        case syntax::BinaryOp::kDivide:
        case syntax::BinaryOp::kModulo:
            return arithmetic(op, left, right, environment);
    }
    return {};
}

values::View apply(syntax::UnaryOp op, const values::View& operand, const syntax::Semantics& semantics) {
    switch (op) {
        case syntax::UnaryOp::kMinus:
            return operand.is(values::Type::kNumber) ? values::View::number(-operand.as_number()) : values::View();
        case syntax::UnaryOp::kNot:
            if (operand.is(values::Type::kBoolean)) return values::View::boolean(!operand.as_boolean());
            if (operand.is(values::Type::kNull) && semantics.not_null_is_undefined) return {};
            return is_missing(operand) ? values::View::boolean(true) : values::View();
    }
    return {};
}

syntax::BinaryOp turned_round(syntax::BinaryOp comparison) {
    switch (comparison) {
        case syntax::BinaryOp::kLess:
            return syntax::BinaryOp::kGreater;
        case syntax::BinaryOp::kLessEqual:
            return syntax::BinaryOp::kGreaterEqual;
        case syntax::BinaryOp::kGreater:
            return syntax::BinaryOp::kLess;
        case syntax::BinaryOp::kGreaterEqual:
            return syntax::BinaryOp::kLessEqual;
        default:
            return comparison;
    }
}

values::View item_of(const values::View& base, const values::View& index) {
    if (base.is(values::Type::kList) && index.is(values::Type::kNumber)) {
        const auto items = base.as_list();
        const auto position = index.as_number();
        const auto exists = position >= 0 && position < static_cast<double>(items.size());
        return exists && std::floor(position) == position ? items[static_cast<std::size_t>(position)] : values::View();
    }
    if (base.is(values::Type::kObject) && index.is(values::Type::kString)) {
        for (const auto& member : base.as_object())
            if (member.name == index.as_string()) return member.value;
    }
    return {};
}

}  // namespace engage::expr::evaluation
