#include "expr/trees/report_filter.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "expr/syntax/parse.hpp"
#include "expr/trees/tree_nodes.hpp"
#include "expr/trees/tree_value.hpp"

namespace engage::expr::trees {
namespace {

using namespace std::string_view_literals;

/// How a `filterOperator` becomes a node.
enum class Form : unsigned char { kEquals, kContains, kCompare, kBetween, kIsSet, kIs, kAffix };

struct Operator {
    std::string_view name;
    Form form;
    unsigned char op = 0;  ///< BinaryOp, Function, or whether `kIs` means true.
    bool is_negated = false;
};

template <class Op = int>
constexpr Operator row(std::string_view name, Form form, Op op = {}, bool is_negated = false) {
    return {name, form, static_cast<unsigned char>(op), is_negated};
}

constexpr std::array kOperators{
    row("equals", Form::kEquals),
    row("is equal to", Form::kEquals),
    row("does not equal", Form::kEquals, 0, true),
    row("contains", Form::kContains),
    row("does not contain", Form::kContains, 0, true),
    row("starts with", Form::kAffix, syntax::Function::kHasPrefix),
    row("ends with", Form::kAffix, syntax::Function::kHasSuffix),
    row("is set", Form::kIsSet),
    row("is not set", Form::kIsSet, 0, true),
    row("is greater than", Form::kCompare, syntax::BinaryOp::kGreater),
    row("is greater than or equal to", Form::kCompare, syntax::BinaryOp::kGreaterEqual),
    row("is at least", Form::kCompare, syntax::BinaryOp::kGreaterEqual),
    row("is less than", Form::kCompare, syntax::BinaryOp::kLess),
    row("is less than or equal to", Form::kCompare, syntax::BinaryOp::kLessEqual),
    row("is at most", Form::kCompare, syntax::BinaryOp::kLessEqual),
    row("is between", Form::kBetween),
    row("between", Form::kBetween),
    row("not between", Form::kBetween, 0, true),
    row("true", Form::kIs, true),
    row("false", Form::kIs, false),
};
constexpr auto kOperatorNames = [] {
    std::array<std::string_view, kOperators.size()> names;
    std::transform(kOperators.begin(), kOperators.end(), names.begin(), [](const Operator& op) { return op.name; });
    return names;
}();

constexpr std::array kLogical{"and"sv, "or"sv};
constexpr std::array kResources{"events"sv, "people"sv, "event"sv, "user"sv};
constexpr std::array kTypes{"string"sv, "number"sv, "boolean"sv, "datetime"sv, "list"sv};
constexpr std::array kGroupKeys{"operator"sv, "children"sv};
constexpr std::array kFilterKeys{"resourceType"sv, "filterType"sv,     "defaultType"sv,
                                 "value"sv,        "filterOperator"sv, "filterValue"sv};

/// Deeper than any filter that a person reads; far below what the stack holds.
constexpr std::size_t kMostLevels = 100;

class ReportFilter : private TreeNodes {
public:
    syntax::Ast read(const TreeValue& filter) {
        syntax::Ast ast;
        ast.root = node(filter, 0);
        ast.nodes = count();
        return ast;
    }

private:
    /// Null for a group without children, which says nothing.
    syntax::NodePtr node(const TreeValue& filter, std::size_t level) {
        if (level == kMostLevels) filter.refuse("nested deeper than " + std::to_string(kMostLevels) + " levels");
        if (!filter.is(values::Type::kObject))
            filter.refuse_type(R"(an object with "operator" and "children" or with "value" and "filterOperator")");
        return filter["children"].is_present() ? group(filter, level) : condition(filter);
    }

    syntax::NodePtr group(const TreeValue& filter, std::size_t level) {
        filter.allow_keys(kGroupKeys);
        const bool is_or = filter.required("operator").one_of(kLogical, "operator") == "or";
        const auto children = filter["children"];
        if (!children.is(values::Type::kList)) children.refuse_type("a list");
        std::vector<syntax::NodePtr> nodes;
        for (std::size_t i = 0; i < children.view().as_list().size(); ++i)
            if (auto child = node(children.item(i), level + 1)) nodes.push_back(std::move(child));
        if (nodes.empty()) return nullptr;
        if (nodes.size() == 1) return std::move(nodes.front());
        return logical(is_or ? syntax::LogicalOp::kOr : syntax::LogicalOp::kAnd, std::move(nodes), filter);
    }

    syntax::NodePtr condition(const TreeValue& filter) {
        filter.allow_keys(kFilterKeys);
        if (filter["defaultType"].is_present()) filter["defaultType"].one_of(kTypes, "defaultType");
        const auto name = filter.required("filterOperator").one_of(kOperatorNames, "filterOperator");
        const auto& op = *std::find_if(kOperators.begin(), kOperators.end(),
                                       [&](const Operator& known) { return known.name == name; });
        auto node = positive(op, filter);
        return op.is_negated ? unary(syntax::UnaryOp::kNot, std::move(node), filter) : std::move(node);
    }

    syntax::NodePtr positive(const Operator& op, const TreeValue& filter) {
        switch (op.form) {
            case Form::kIsSet:
                return call(syntax::Function::kDefined, property(filter), filter);
            case Form::kIs:
                return binary(syntax::BinaryOp::kEqual, property(filter), make(syntax::Literal(op.op != 0), 0, filter),
                              filter);
            case Form::kEquals:
                return any_of(filter, [&](const TreeValue& one) { return equal(filter, one); });
            case Form::kContains:
                return any_of(filter, [&](const TreeValue& one) {
                    return binary(syntax::BinaryOp::kIn, literal(one), property(filter), filter);
                });
            case Form::kAffix:
                return any_of(filter, [&](const TreeValue& one) {
                    std::vector<syntax::NodePtr> arguments;
                    arguments.push_back(property(filter));
                    arguments.push_back(literal(one));
                    return call(static_cast<syntax::Function>(op.op), std::move(arguments), filter);
                });
            case Form::kCompare: {
                const auto value = filter.required("filterValue");
                const bool is_list_of_one = value.is(values::Type::kList) && value.view().as_list().size() == 1;
                return compared(static_cast<syntax::BinaryOp>(op.op), filter, is_list_of_one ? value.item(0) : value);
            }
            case Form::kBetween:
                return between(filter, filter.required("filterValue"));
        }
        return nullptr;
    }

    /// A list is equal when it holds the value.
    syntax::NodePtr equal(const TreeValue& filter, const TreeValue& one) {
        if (type_of(filter) == "list") return binary(syntax::BinaryOp::kIn, literal(one), property(filter), filter);
        return compared(syntax::BinaryOp::kEqual, filter, one);
    }

    syntax::NodePtr between(const TreeValue& filter, const TreeValue& value) {
        if (!value.is(values::Type::kList) || value.view().as_list().size() != 2)
            value.refuse_type("a list of two values");
        std::vector<syntax::NodePtr> bounds;
        bounds.push_back(compared(syntax::BinaryOp::kGreaterEqual, filter, value.item(0)));
        bounds.push_back(compared(syntax::BinaryOp::kLessEqual, filter, value.item(1)));
        return logical(syntax::LogicalOp::kAnd, std::move(bounds), filter);
    }

    syntax::NodePtr compared(syntax::BinaryOp op, const TreeValue& filter, const TreeValue& value) {
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
    syntax::NodePtr any_of(const TreeValue& filter, One one) {
        const auto value = filter.required("filterValue");
        if (!value.is(values::Type::kList)) return one(value);
        std::vector<syntax::NodePtr> nodes;
        for (std::size_t i = 0; i < value.view().as_list().size(); ++i) nodes.push_back(one(value.item(i)));
        if (nodes.empty()) value.refuse("expected at least one value, found none");
        return nodes.size() == 1 ? std::move(nodes.front()) : logical(syntax::LogicalOp::kOr, std::move(nodes), filter);
    }

    static std::string_view type_of(const TreeValue& filter) {
        const auto type = filter["filterType"];
        return type.is_present() ? type.one_of(kTypes, "filterType") : std::string_view();
    }

    syntax::NodePtr property(const TreeValue& filter) {
        const auto resource = filter["resourceType"];
        const auto word = resource.is_present() ? resource.one_of(kResources, "resourceType") : kResources.front();
        const auto scope = word == "people" || word == "user" ? values::Scope::kUser : values::Scope::kEvent;
        return make(values::Reference{scope, std::string(filter.required("value").text("the name of a property"))}, 0,
                    filter);
    }

    syntax::NodePtr literal(const TreeValue& value) {
        const auto& view = value.view();
        if (view.is(values::Type::kBoolean)) return make(syntax::Literal(view.as_boolean()), 0, value);
        if (view.is(values::Type::kNumber)) return make(syntax::Literal(view.as_number()), 0, value);
        if (view.is(values::Type::kString)) return make(syntax::Literal(std::string(view.as_string())), 0, value);
        value.refuse_type("a string, a number or a boolean");
    }
};

}  // namespace

bool is_report_filter(const values::View& filter) {
    const TreeValue value(filter);
    const auto children = value["children"];
    if (!children.is(values::Type::kList)) return value["filterOperator"].is_present();
    const auto items = children.view().as_list();
    return std::any_of(items.begin(), items.end(), is_report_filter);
}

Expected<syntax::Ast, TreeError> parse_report_filter(const values::View& filter) {
    try {
        return ReportFilter().read(TreeValue(filter));
    } catch (TreeRefused& refused) {
        return unexpected(std::move(refused.error));
    }
}

}  // namespace engage::expr::trees
