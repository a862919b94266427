#include "expr/operators.hpp"

#include <algorithm>
#include <cmath>
#include <compare>
#include <optional>
#include <vector>

#include "expr/text.hpp"

namespace engage::expr {
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

Pair pair_of(const View& left, const View& right) {
    const auto date = Type::kDatetime;
    if (left.is(Type::kString) && right.is(date)) return Pair::kTextDate;
    if (left.is(date) && right.is(Type::kString)) return Pair::kDateText;
    if (left.type() != right.type()) return Pair::kMixed;
    switch (left.type()) {
        case Type::kUndefined:
            return Pair::kUndefineds;
        case Type::kNull:
            return Pair::kNulls;
        case Type::kBoolean:
            return Pair::kBooleans;
        case Type::kNumber:
            return Pair::kNumbers;
        case Type::kString:
            return Pair::kStrings;
        case Type::kDatetime:
            return Pair::kDatetimes;
        case Type::kList:
            return Pair::kLists;
        case Type::kObject:
            return Pair::kObjects;
    }
    return Pair::kMixed;
}

/// The order of two values, or nothing when they have none. A text beside a datetime counts as the date that it spells.
std::optional<std::partial_ordering> order(Pair pair, const View& left, const View& right,
                                           const Environment& environment) {
    switch (pair) {
        case Pair::kNumbers:
            return left.as_number() <=> right.as_number();
        case Pair::kStrings:
            return compare_ignoring_case(left.as_string(), right.as_string());
        case Pair::kDatetimes:
            return left.as_datetime() <=> right.as_datetime();
        case Pair::kTextDate: {
            const auto date = parse_datetime(left.as_string(), environment.zone);
            if (!date) return std::nullopt;
            return *date <=> right.as_datetime();
        }
        case Pair::kDateText: {
            const auto date = parse_datetime(right.as_string(), environment.zone);
            if (!date) return std::nullopt;
            return left.as_datetime() <=> *date;
        }
        default:
            return std::nullopt;
    }
}

bool equal(const View& left, const View& right, const Environment& environment);

bool equal_lists(std::span<const View> left, std::span<const View> right, const Environment& environment) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [&](const View& a, const View& b) { return equal(a, b, environment); });
}

std::span<const Member*> sorted_by_name(std::span<const Member> members, Arena& arena) {
    const auto sorted = arena.allocate<const Member*>(members.size());
    std::transform(members.begin(), members.end(), sorted.begin(), [](const Member& member) { return &member; });
    std::sort(sorted.begin(), sorted.end(), [](const Member* a, const Member* b) { return a->name < b->name; });
    return sorted;
}

bool equal_large_objects(std::span<const Member> left, std::span<const Member> right, const Environment& environment) {
    const auto ours = sorted_by_name(left, environment.arena);
    const auto theirs = sorted_by_name(right, environment.arena);
    return std::equal(ours.begin(), ours.end(), theirs.begin(), [&](const Member* a, const Member* b) {
        return a->name == b->name && equal(a->value, b->value, environment);
    });
}

bool equal_objects(std::span<const Member> left, std::span<const Member> right, const Environment& environment) {
    constexpr std::size_t kLarge = 16;  ///< Smaller ones are searched member by member.
    if (left.size() != right.size()) return false;
    if (left.size() > kLarge) return equal_large_objects(left, right, environment);
    const auto has_equal = [&](const Member& member) {
        const auto other =
            std::find_if(right.begin(), right.end(), [&](const Member& m) { return m.name == member.name; });
        return other != right.end() && equal(member.value, other->value, environment);
    };
    return std::all_of(left.begin(), left.end(), has_equal);
}

bool is_missing(const View& value) { return value.is(Type::kUndefined) || value.is(Type::kNull); }

bool equal(const View& left, const View& right, const Environment& environment) {
    switch (const auto pair = pair_of(left, right)) {
        case Pair::kMixed:
            return environment.semantics.null_equals_undefined && is_missing(left) && is_missing(right);
        case Pair::kUndefineds:
        case Pair::kNulls:
            return true;
        case Pair::kBooleans:
            return left.as_boolean() == right.as_boolean();
        case Pair::kStrings:
            return equal_ignoring_case(left.as_string(), right.as_string());
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

View in(const View& item, const View& whole, const Environment& environment) {
    if (whole.is(Type::kList)) {
        const auto items = whole.as_list();
        return View::boolean(std::any_of(items.begin(), items.end(),
                                         [&](const View& other) { return equal(item, other, environment); }));
    }
    if (pair_of(item, whole) != Pair::kStrings) return {};
    return View::boolean(contains_ignoring_case(whole.as_string(), item.as_string()));
}

View finite(double number) { return std::isfinite(number) ? View::number(number) : View(); }

View concatenated(std::string_view left, std::string_view right, const Environment& environment) {
    if (left.size() + right.size() > kMaxConcatenation || environment.is_out_of_memory()) return {};
    const auto room = environment.arena.allocate<char>(left.size() + right.size());
    std::copy(right.begin(), right.end(), std::copy(left.begin(), left.end(), room.begin()));
    return View::string({room.data(), room.size()});
}

/// With the sign of the dividend, as documented, or of the divisor, as in Mixpanel's SDK evaluators.
double remainder(double dividend, double divisor, const Semantics& semantics) {
    const auto rest = std::fmod(dividend, divisor);
    const bool differ = rest != 0 && std::signbit(rest) != std::signbit(divisor);
    return semantics.modulo_takes_sign_of_divisor && differ ? rest + divisor : rest;
}

View arithmetic(BinaryOp op, const View& left, const View& right, const Environment& environment) {
    const auto pair = pair_of(left, right);
    if (pair == Pair::kStrings && op == BinaryOp::kAdd)
        return concatenated(left.as_string(), right.as_string(), environment);
    if (pair != Pair::kNumbers) return {};
    const auto a = left.as_number();
    const auto b = right.as_number();
    switch (op) {
        case BinaryOp::kAdd:
            return finite(a + b);
        case BinaryOp::kSubtract:
            return finite(a - b);
        case BinaryOp::kMultiply:
            return finite(a * b);
        case BinaryOp::kDivide:
            return finite(a / b);
        case BinaryOp::kModulo:
            return finite(remainder(a, b, environment.semantics));
        default:
            return {};
    }
}

View relation(const View& left, const View& right, const Environment& environment,
              bool (*holds)(std::partial_ordering)) {
    const auto result = order(pair_of(left, right), left, right, environment);
    return result ? View::boolean(holds(*result)) : View();
}

}  // namespace

View apply(BinaryOp op, const View& left, const View& right, const Environment& environment) {
    switch (op) {
        case BinaryOp::kEqual:
            return View::boolean(equal(left, right, environment));
        case BinaryOp::kNotEqual:
            return View::boolean(!equal(left, right, environment));
        case BinaryOp::kLess:
            return relation(left, right, environment, std::is_lt);
        case BinaryOp::kLessEqual:
            return relation(left, right, environment, std::is_lteq);
        case BinaryOp::kGreater:
            return relation(left, right, environment, std::is_gt);
        case BinaryOp::kGreaterEqual:
            return relation(left, right, environment, std::is_gteq);
        case BinaryOp::kIn:
            return in(left, right, environment);
        case BinaryOp::kContains:
            return in(right, left, environment);
        case BinaryOp::kAdd:
        case BinaryOp::kSubtract:
        case BinaryOp::kMultiply:
        case BinaryOp::kDivide:
        case BinaryOp::kModulo:
            return arithmetic(op, left, right, environment);
    }
    return {};
}

View apply(UnaryOp op, const View& operand, const Semantics& semantics) {
    switch (op) {
        case UnaryOp::kMinus:
            return operand.is(Type::kNumber) ? View::number(-operand.as_number()) : View();
        case UnaryOp::kNot:
            if (operand.is(Type::kBoolean)) return View::boolean(!operand.as_boolean());
            if (operand.is(Type::kNull) && semantics.not_null_is_undefined) return {};
            return is_missing(operand) ? View::boolean(true) : View();
    }
    return {};
}

BinaryOp turned_round(BinaryOp comparison) {
    switch (comparison) {
        case BinaryOp::kLess:
            return BinaryOp::kGreater;
        case BinaryOp::kLessEqual:
            return BinaryOp::kGreaterEqual;
        case BinaryOp::kGreater:
            return BinaryOp::kLess;
        case BinaryOp::kGreaterEqual:
            return BinaryOp::kLessEqual;
        default:
            return comparison;
    }
}

View item_of(const View& base, const View& index) {
    if (base.is(Type::kList) && index.is(Type::kNumber)) {
        const auto items = base.as_list();
        const auto position = index.as_number();
        const auto exists = position >= 0 && position < static_cast<double>(items.size());
        return exists && std::floor(position) == position ? items[static_cast<std::size_t>(position)] : View();
    }
    if (base.is(Type::kObject) && index.is(Type::kString)) {
        for (const auto& member : base.as_object())
            if (member.name == index.as_string()) return member.value;
    }
    return {};
}

}  // namespace engage::expr
