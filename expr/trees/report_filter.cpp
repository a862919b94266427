#include "expr/trees/report_filter.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "expr/syntax/parse.hpp"
#include "expr/trees/tree_nodes.hpp"
#include "expr/values/children.hpp"

namespace engage::expr::trees {
namespace {

using namespace std::string_view_literals;

/// How a `filterOperator` becomes a node.
enum class FilterForm : unsigned char { kEquals, kContains, kCompare, kBetween, kIsSet, kIs, kAffix };

struct FilterOperator {
    std::string_view name;
    FilterForm form;
    unsigned char op = 0;  ///< BinaryOp, Function, or whether `kIs` means true.
    bool is_negated = false;
};

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

constexpr std::array kLogical{"and"sv, "or"sv};
constexpr std::array kResources{"events"sv, "people"sv, "event"sv, "user"sv};
constexpr std::array kGroupKeys{"operator"sv, "children"sv};
constexpr std::array kFilterKeys{"resourceType"sv, "filterType"sv,     "defaultType"sv,
                                 "value"sv,        "filterOperator"sv, "filterValue"sv};

/// Deeper than any filter that a person reads; far below what the stack holds.
constexpr std::size_t kMostLevels = 100;

class ReportFilter : private TreeNodes {
public:
    syntax::Ast read(const values::Cursor& filter) {
        syntax::Ast ast;
        ast.root = node(filter, 0);
        ast.nodes = count();
        return ast;
    }

private:
    /// Null for a group without children, which says nothing.
    syntax::NodePtr node(const values::Cursor& filter, std::size_t level) {
        if (level == kMostLevels) filter.refuse("nested deeper than " + std::to_string(kMostLevels) + " levels");
        if (!filter.is(values::Type::kObject))
            filter.refuse_type(R"(an object with "operator" and "children" or with "value" and "filterOperator")");
        return filter["children"].is_present() ? group(filter, level) : condition(filter);
    }

    syntax::NodePtr group(const values::Cursor& filter, std::size_t level) {
        filter.allow_keys(kGroupKeys);
        const bool is_or = filter.required("operator").one_of(kLogical, "operator") == "or";
        const auto children = filter["children"];
        if (!children.is(values::Type::kList)) children.refuse_type("a list");
        std::vector<syntax::NodePtr> nodes;
        for (const auto& item : values::Children(children))
            if (auto child = node(item, level + 1)) nodes.push_back(std::move(child));
        if (nodes.empty()) return nullptr;
        if (nodes.size() == 1) return std::move(nodes.front());
        return logical(is_or ? syntax::LogicalOp::kOr : syntax::LogicalOp::kAnd, std::move(nodes), filter);
    }

    syntax::NodePtr condition(const values::Cursor& filter) {
        filter.allow_keys(kFilterKeys);
        if (filter["defaultType"].is_present()) filter["defaultType"].one_of(kTypeNames, "defaultType");
        const auto name = filter.required("filterOperator").one_of(kFilterOperatorNames, "filterOperator").value();
        const auto& op = *std::find_if(kFilterOperators.begin(), kFilterOperators.end(),
                                       [&](const FilterOperator& known) { return known.name == name; });
        auto node = positive(op, filter);
        return op.is_negated ? unary(syntax::UnaryOp::kNot, std::move(node), filter) : std::move(node);
    }

    syntax::NodePtr positive(const FilterOperator& op, const values::Cursor& filter) {
        switch (op.form) {
            case FilterForm::kIsSet:
                return call(syntax::Function::kDefined, property(filter), filter);
            case FilterForm::kIs:
                return binary(syntax::BinaryOp::kEqual, property(filter), make(syntax::Literal(op.op != 0), 0, filter),
                              filter);
            case FilterForm::kEquals:
                return any_of(filter, [&](const values::Cursor& one) { return equal(filter, one); });
            case FilterForm::kContains:
                return any_of(filter, [&](const values::Cursor& one) {
                    return binary(syntax::BinaryOp::kIn, literal(one), property(filter), filter);
                });
            case FilterForm::kAffix:
                return any_of(filter, [&](const values::Cursor& one) {
                    std::vector<syntax::NodePtr> arguments;
                    arguments.push_back(property(filter));
                    arguments.push_back(literal(one));
                    return call(static_cast<syntax::Function>(op.op), std::move(arguments), filter);
                });
            case FilterForm::kCompare: {
                const auto value = filter.required("filterValue");
                const bool is_list_of_one = value.is(values::Type::kList) && value.size() == 1;
                return compared(static_cast<syntax::BinaryOp>(op.op), filter, is_list_of_one ? value.item(0) : value);
            }
            case FilterForm::kBetween:
                return between(filter, filter.required("filterValue"));
        }
        return nullptr;
    }

    /// A list is equal when it holds the value.
    syntax::NodePtr equal(const values::Cursor& filter, const values::Cursor& one) {
        if (type_of(filter) == "list") return binary(syntax::BinaryOp::kIn, literal(one), property(filter), filter);
        return compared(syntax::BinaryOp::kEqual, filter, one);
    }

    syntax::NodePtr between(const values::Cursor& filter, const values::Cursor& value) {
        if (!value.is(values::Type::kList) || value.size() != 2) value.refuse_type("a list of two values");
        std::vector<syntax::NodePtr> bounds;
        bounds.push_back(compared(syntax::BinaryOp::kGreaterEqual, filter, value.item(0)));
        bounds.push_back(compared(syntax::BinaryOp::kLessEqual, filter, value.item(1)));
        return logical(syntax::LogicalOp::kAnd, std::move(bounds), filter);
    }

    syntax::NodePtr compared(syntax::BinaryOp op, const values::Cursor& filter, const values::Cursor& value) {
        auto left = property(filter);
        auto right = literal(value);
        if (type_of(filter) == "datetime") {
            left = call(syntax::Function::kDatetime, std::move(left), filter);
            right = call(syntax::Function::kDatetime, std::move(right), filter);
        }
        return binary(op, std::move(left), std::move(right), filter);
    }

    /// The values of a list are alternatives.
    template <class One>
    syntax::NodePtr any_of(const values::Cursor& filter, One one) {
        const auto value = filter.required("filterValue");
        if (!value.is(values::Type::kList)) return one(value);
        std::vector<syntax::NodePtr> nodes;
        for (const auto& item : values::Children(value)) nodes.push_back(one(item));
        if (nodes.empty()) value.refuse("expected at least one value, found none");
        return nodes.size() == 1 ? std::move(nodes.front()) : logical(syntax::LogicalOp::kOr, std::move(nodes), filter);
    }

    static std::string_view type_of(const values::Cursor& filter) {
        const auto type = filter["filterType"];
        return type.is_present() ? type.one_of(kTypeNames, "filterType").value() : std::string_view();
    }

    syntax::NodePtr property(const values::Cursor& filter) {
        const auto resource = filter["resourceType"];
        const auto word =
            resource.is_present() ? resource.one_of(kResources, "resourceType").value() : kResources.front();
        const auto scope = word == "people" || word == "user" ? values::Scope::kUser : values::Scope::kEvent;
        return make(
            values::Reference{scope, std::string(filter.required("value").text("the name of a property").value())}, 0,
            filter);
    }

    syntax::NodePtr literal(const values::Cursor& value) {
        if (value.is(values::Type::kBoolean)) return make(syntax::Literal(value.as_boolean()), 0, value);
        if (value.is(values::Type::kNumber)) return make(syntax::Literal(value.as_number()), 0, value);
        if (value.is(values::Type::kString)) return make(syntax::Literal(std::string(value.as_string())), 0, value);
        value.refuse_type("a string, a number or a boolean");
    }
};

}  // namespace

bool is_report_filter(const values::Cursor& filter) {
    const auto children = filter["children"];
    if (!children.is(values::Type::kList)) return filter["filterOperator"].is_present();
    for (const auto& child : values::Children(children))
        if (is_report_filter(child)) return true;
    return false;
}

Expected<syntax::Ast, values::DocumentError> parse_report_filter(const values::Cursor& filter) {
    try {
        return ReportFilter().read(filter);
    } catch (values::DocumentRefused& refused) {
        return unexpected(std::move(refused.error));
    }
}

}  // namespace engage::expr::trees
