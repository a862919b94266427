#include "expr/trees/filter_conditions.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "expr/values/children.hpp"

namespace engage::expr::trees {
namespace {

template <class Op = int>
constexpr FilterOperator filter_row(std::string_view name, FilterForm form, Op op = {}, bool is_negated = false) {
    return {name, form, static_cast<unsigned char>(op), is_negated};
}

constexpr std::array kFilterOperators{
    filter_row("equals", FilterForm::kEquals),
    filter_row("is equal to", FilterForm::kEquals),
    filter_row("does not equal", FilterForm::kEquals, 0, true),
    filter_row("contains", FilterForm::kContains),
    filter_row("does not contain", FilterForm::kContains, 0, true),
    filter_row("starts with", FilterForm::kAffix, syntax::Function::kHasPrefix),
    filter_row("ends with", FilterForm::kAffix, syntax::Function::kHasSuffix),
    filter_row("is set", FilterForm::kIsSet),
    filter_row("is not set", FilterForm::kIsSet, 0, true),
    filter_row("is greater than", FilterForm::kCompare, syntax::BinaryOp::kGreater),
    filter_row("is greater than or equal to", FilterForm::kCompare, syntax::BinaryOp::kGreaterEqual),
    filter_row("is at least", FilterForm::kCompare, syntax::BinaryOp::kGreaterEqual),
    filter_row("is less than", FilterForm::kCompare, syntax::BinaryOp::kLess),
    filter_row("is less than or equal to", FilterForm::kCompare, syntax::BinaryOp::kLessEqual),
    filter_row("is at most", FilterForm::kCompare, syntax::BinaryOp::kLessEqual),
    filter_row("is between", FilterForm::kBetween),
    filter_row("between", FilterForm::kBetween),
    filter_row("not between", FilterForm::kBetween, 0, true),
    filter_row("true", FilterForm::kIs, true),
    filter_row("false", FilterForm::kIs, false),
};
constexpr auto kFilterOperatorNames = [] {
    std::array<std::string_view, kFilterOperators.size()> names;
    std::transform(kFilterOperators.begin(), kFilterOperators.end(), names.begin(),
                   [](const FilterOperator& op) { return op.name; });
    return names;
}();

}  // namespace

const FilterOperator* find_filter_operator(std::string_view name) {
    const auto* const found = std::find_if(kFilterOperators.begin(), kFilterOperators.end(),
                                           [&](const FilterOperator& known) { return known.name == name; });
    return found == kFilterOperators.end() ? nullptr : found;
}

std::span<const std::string_view> filter_operator_names() { return kFilterOperatorNames; }

syntax::NodePtr FilterConditions::condition(const FilterOperator& op, const values::Cursor& filter) {
    auto node = positive(op, filter);
    return op.is_negated ? unary(syntax::UnaryOp::kNot, std::move(node), filter) : std::move(node);
}

syntax::NodePtr FilterConditions::positive(const FilterOperator& op, const values::Cursor& filter) {
    switch (op.form) {
        case FilterForm::kIsSet:
            return call(syntax::Function::kDefined, subject(filter), filter);
        case FilterForm::kIs:
            return binary(syntax::BinaryOp::kEqual, subject(filter), make(syntax::Literal(op.op != 0), 0, filter),
                          filter);
        case FilterForm::kEquals:
            return any_of(filter, [&](const values::Cursor& one) { return equal(filter, one); });
        case FilterForm::kContains:
            return any_of(filter, [&](const values::Cursor& one) {
                return binary(syntax::BinaryOp::kIn, literal(one), subject(filter), filter);
            });
        case FilterForm::kAffix:
            return any_of(filter, [&](const values::Cursor& one) {
                std::vector<syntax::NodePtr> arguments;
                arguments.push_back(subject(filter));
                arguments.push_back(literal(one));
                return call(static_cast<syntax::Function>(op.op), std::move(arguments), filter);
            });
        case FilterForm::kCompare: {
            const auto value = value_of(filter);
            const bool is_list_of_one = value.is(values::Type::kList) && value.size() == 1;
            return compared(static_cast<syntax::BinaryOp>(op.op), filter, is_list_of_one ? value.item(0) : value);
        }
        case FilterForm::kBetween:
            return between(filter, value_of(filter));
    }
    return nullptr;
}

/// A list is equal when it holds the value.
syntax::NodePtr FilterConditions::equal(const values::Cursor& filter, const values::Cursor& one) {
    if (type_of(filter) == "list") return binary(syntax::BinaryOp::kIn, literal(one), subject(filter), filter);
    if (auto value = special_value(filter, one))
        return binary(syntax::BinaryOp::kEqual, subject(filter), std::move(value), filter);
    return compared(syntax::BinaryOp::kEqual, filter, one);
}

syntax::NodePtr FilterConditions::between(const values::Cursor& filter, const values::Cursor& value) {
    if (!value.is(values::Type::kList) || value.size() != 2) value.refuse_type("a list of two values");
    std::vector<syntax::NodePtr> bounds;
    bounds.push_back(compared(syntax::BinaryOp::kGreaterEqual, filter, value.item(0)));
    bounds.push_back(compared(syntax::BinaryOp::kLessEqual, filter, value.item(1)));
    return logical(syntax::LogicalOp::kAnd, std::move(bounds), filter);
}

syntax::NodePtr FilterConditions::compared(syntax::BinaryOp op, const values::Cursor& filter,
                                           const values::Cursor& value) {
    auto left = subject(filter);
    auto right = literal(value);
    if (type_of(filter) == "datetime") {
        left = datetime_of(std::move(left), filter);
        right = datetime_of(std::move(right), filter);
    }
    return binary(op, std::move(left), std::move(right), filter);
}

/// The values of a list are alternatives.
template <class One>
syntax::NodePtr FilterConditions::any_of(const values::Cursor& filter, One one) {
    const auto value = value_of(filter);
    if (!value.is(values::Type::kList)) return one(value);
    std::vector<syntax::NodePtr> nodes;
    for (const auto& item : values::Children(value)) nodes.push_back(one(item));
    if (nodes.empty()) value.refuse("expected at least one value, found none");
    return joined(syntax::LogicalOp::kOr, std::move(nodes), filter);
}

syntax::NodePtr FilterConditions::joined(syntax::LogicalOp op, std::vector<syntax::NodePtr> nodes,
                                         const values::Cursor& at) {
    return nodes.size() == 1 ? std::move(nodes.front()) : logical(op, std::move(nodes), at);
}

syntax::NodePtr FilterConditions::literal(const values::Cursor& value) {
    if (value.is(values::Type::kBoolean)) return make(syntax::Literal(value.as_boolean()), 0, value);
    if (value.is(values::Type::kNumber)) return make(syntax::Literal(value.as_number()), 0, value);
    if (value.is(values::Type::kString)) return make(syntax::Literal(std::string(value.as_string())), 0, value);
    value.refuse_type("a string, a number or a boolean");
}

}  // namespace engage::expr::trees
