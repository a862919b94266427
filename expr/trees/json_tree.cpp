#include "expr/trees/json_tree.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "expr/syntax/parse.hpp"
#include "expr/trees/tree_nodes.hpp"
#include "expr/values/children.hpp"

namespace engage::expr::trees {
namespace {

using namespace std::string_view_literals;

/// How an operator of the tree becomes a node.
enum class Form : unsigned char { kLogical, kBinary, kNotIn, kMinus, kCall, kNot, kNotDefined };

struct Operator {
    std::string_view name;
    Form form;
    unsigned char op;    ///< LogicalOp, BinaryOp or Function.
    std::size_t fewest;  ///< Children that it takes.
    std::size_t most;
};

template <class Op>
constexpr Operator row(std::string_view name, Form form, Op op, std::size_t fewest, std::size_t most) {
    return {name, form, static_cast<unsigned char>(op), fewest, most};
}

constexpr std::array kOperators{
    row("and", Form::kLogical, syntax::LogicalOp::kAnd, 1, syntax::kMaxNodes),
    row("or", Form::kLogical, syntax::LogicalOp::kOr, 1, syntax::kMaxNodes),
    row("in", Form::kBinary, syntax::BinaryOp::kIn, 2, 2),
    row("not in", Form::kNotIn, syntax::BinaryOp::kIn, 2, 2),
    row("+", Form::kBinary, syntax::BinaryOp::kAdd, 2, 2),
    row("-", Form::kMinus, syntax::BinaryOp::kSubtract, 1, 2),
    row("*", Form::kBinary, syntax::BinaryOp::kMultiply, 2, 2),
    row("/", Form::kBinary, syntax::BinaryOp::kDivide, 2, 2),
    row("%", Form::kBinary, syntax::BinaryOp::kModulo, 2, 2),
    row("==", Form::kBinary, syntax::BinaryOp::kEqual, 2, 2),
    row("!=", Form::kBinary, syntax::BinaryOp::kNotEqual, 2, 2),
    row(">", Form::kBinary, syntax::BinaryOp::kGreater, 2, 2),
    row("<", Form::kBinary, syntax::BinaryOp::kLess, 2, 2),
    row(">=", Form::kBinary, syntax::BinaryOp::kGreaterEqual, 2, 2),
    row("<=", Form::kBinary, syntax::BinaryOp::kLessEqual, 2, 2),
    row("boolean", Form::kCall, syntax::Function::kBoolean, 1, 1),
    row("datetime", Form::kCall, syntax::Function::kDatetime, 1, 1),
    row("list", Form::kCall, syntax::Function::kList, 1, 1),
    row("number", Form::kCall, syntax::Function::kNumber, 1, 1),
    row("string", Form::kCall, syntax::Function::kString, 1, 1),
    row("not", Form::kNot, syntax::UnaryOp::kNot, 1, 1),
    row("defined", Form::kCall, syntax::Function::kDefined, 1, 1),
    row("not defined", Form::kNotDefined, syntax::Function::kDefined, 1, 1),
};
constexpr auto kOperatorNames = [] {
    std::array<std::string_view, kOperators.size()> names;
    std::transform(kOperators.begin(), kOperators.end(), names.begin(), [](const Operator& op) { return op.name; });
    return names;
}();

constexpr std::array kConditions{"=="sv, "!="sv, "in"sv, "not in"sv,  ">"sv,
                                 "<"sv,  ">="sv, "<="sv, "defined"sv, "not defined"sv};
constexpr std::array kProperties{"user"sv, "properties"sv, "event"sv, "behaviors"sv, "literal"sv, "cohort"sv};
constexpr std::array kOperatorKeys{"operator"sv, "children"sv};
constexpr std::array kLiteralKeys{"property"sv, "value"sv};
constexpr std::array kLeafKeys{"property"sv, "value"sv, "operator"sv, "operand"sv, "type"sv};
constexpr std::array kCohortKeys{"property"sv, "value"sv, "operator"sv};
constexpr std::array kMemberships{"in"sv, "not in"sv};
constexpr std::array kWindowKeys{"unit"sv, "value"sv};
constexpr std::array kUnits{"hour"sv, "day"sv, "week"sv, "month"sv};
constexpr std::array kUnitSeconds{3600.0, 86400.0, 7 * 86400.0, 30 * 86400.0};

const Operator& find_operator(std::string_view name) {
    return *std::find_if(kOperators.begin(), kOperators.end(), [&](const Operator& op) { return op.name == name; });
}

/// What stands for no filter at the root.
bool is_absent(const values::Cursor& tree) {
    if (tree.is(values::Type::kNull)) return true;
    if (!tree.is(values::Type::kObject)) return false;
    if (tree.size() == 0) return true;
    const auto children = tree["children"];
    const auto op = tree["operator"];
    return tree.size() == 2 && children.is(values::Type::kList) && children.size() == 0 &&
           op.is(values::Type::kString) && (op.as_string() == "and" || op.as_string() == "or");
}

values::Scope scope_of(std::string_view property) {
    if (property == "user") return values::Scope::kUser;
    if (property == "event") return values::Scope::kEvent;
    return property == "behaviors" ? values::Scope::kBehaviors : values::Scope::kProperties;
}

/// Whether the value is true, false or undefined, nothing else.
bool is_condition(const syntax::Node& node) {
    if (const auto* reference = std::get_if<values::Reference>(&node.is))
        return reference->scope == values::Scope::kCohorts;
    if (const auto* binary = std::get_if<syntax::Binary>(&node.is)) return binary->op <= syntax::BinaryOp::kIn;
    if (const auto* unary = std::get_if<syntax::Unary>(&node.is)) return unary->op == syntax::UnaryOp::kNot;
    const auto* call = std::get_if<syntax::Call>(&node.is);
    const bool is_test = call != nullptr &&
                         (call->function == syntax::Function::kDefined || call->function == syntax::Function::kBoolean);
    return is_test || std::holds_alternative<syntax::Logical>(node.is);
}

class TreeReader : private TreeNodes {
public:
    syntax::Ast read(const values::Cursor& tree) {
        syntax::Ast ast;
        if (is_absent(tree)) return ast;
        ast.root = node(tree);
        ast.nodes = count();
        return ast;
    }

private:
    /// Counts one level of nesting for as long as it lives.
    class Level {
    public:
        Level(TreeReader& reader, const values::Cursor& at) : reader_(reader) {
            if (reader_.levels_ == syntax::kMaxNesting) refuse_depth(at);
            ++reader_.levels_;
        }
        ~Level() { --reader_.levels_; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;

    private:
        TreeReader& reader_;
    };

    syntax::NodePtr node(const values::Cursor& tree) {
        const Level level(*this, tree);
        if (!tree.is(values::Type::kObject))
            tree.refuse_type(R"(an object with "operator" and "children" or with "property" and "value")");
        return tree["property"].is_present() ? leaf(tree) : operation(tree);
    }

    syntax::NodePtr operation(const values::Cursor& tree) {
        tree.allow_keys(kOperatorKeys);
        const auto& op = find_operator(tree.required("operator").one_of(kOperatorNames, "operator").value());
        const auto children = tree.required("children");
        if (!children.is(values::Type::kList)) children.refuse_type("a list");
        const auto count = children.size();
        if (count < op.fewest || count > op.most) refuse_count(op, children);
        std::vector<syntax::NodePtr> nodes;
        for (const auto& child : values::Children(children)) nodes.push_back(node(child));
        return apply(op, std::move(nodes), tree);
    }

    [[noreturn]] static void refuse_count(const Operator& op, const values::Cursor& children) {
        const auto expected = op.fewest == op.most        ? std::to_string(op.fewest)
                              : op.form == Form::kLogical ? "at least 1"
                                                          : "1 or 2";
        const auto* const noun = op.fewest == 1 && op.most != 2 ? " child" : " children";
        children.refuse("\"" + std::string(op.name) + "\" takes " + expected + noun + ", found " +
                        std::to_string(children.size()));
    }

    syntax::NodePtr apply(const Operator& op, std::vector<syntax::NodePtr> nodes, const values::Cursor& at) {
        switch (op.form) {
            case Form::kLogical:
                return logical(static_cast<syntax::LogicalOp>(op.op), std::move(nodes), at);
            case Form::kMinus:
                if (nodes.size() == 1) return unary(syntax::UnaryOp::kMinus, std::move(nodes[0]), at);
                return binary(syntax::BinaryOp::kSubtract, std::move(nodes[0]), std::move(nodes[1]), at);
            case Form::kBinary:
                return binary(static_cast<syntax::BinaryOp>(op.op), std::move(nodes[0]), std::move(nodes[1]), at);
            case Form::kNotIn: {
                auto in = binary(syntax::BinaryOp::kIn, std::move(nodes[0]), std::move(nodes[1]), at);
                return unary(syntax::UnaryOp::kNot, std::move(in), at);
            }
            case Form::kCall:
                return call(static_cast<syntax::Function>(op.op), std::move(nodes[0]), at);
            case Form::kNot:
                return unary(syntax::UnaryOp::kNot, std::move(nodes[0]), at);
            case Form::kNotDefined:
                return unary(syntax::UnaryOp::kNot, call(syntax::Function::kDefined, std::move(nodes[0]), at), at);
        }
        return nullptr;
    }

    syntax::NodePtr leaf(const values::Cursor& tree) {
        const auto property = tree["property"].one_of(kProperties, "property").value();
        if (property == "cohort") return membership(tree);
        if (property == "literal") {
            tree.allow_keys(kLiteralKeys);
            return literal(tree.required("value"), /*now_is_time=*/true);
        }
        tree.allow_keys(kLeafKeys);
        const auto name = tree.required("value").text("the name of a property").value();
        auto reference = make(values::Reference{scope_of(property), std::string(name)}, 0, tree);
        if (tree["operand"].is_present() || tree["type"].is_present()) tree.required("operator");
        return tree["operator"].is_present() ? condition(std::move(reference), tree) : std::move(reference);
    }

    syntax::NodePtr membership(const values::Cursor& tree) {
        tree.allow_keys(kCohortKeys);
        auto member =
            make(values::Reference{values::Scope::kCohorts, std::to_string(tree.required("value").cohort_id().value())},
                 0, tree);
        const auto op = tree.required("operator").one_of(kMemberships, "operator of a cohort").value();
        return op == "in" ? std::move(member) : unary(syntax::UnaryOp::kNot, std::move(member), tree);
    }

    /// `type` tells how the property is shown, and only "datetime" changes what is compared: mixpanel-headless writes
    /// "string" beside numbers, too, and an empty operand beside "defined".
    syntax::NodePtr condition(syntax::NodePtr property, const values::Cursor& tree) {
        const auto& op = find_operator(tree["operator"].one_of(kConditions, "operator of a condition").value());
        const bool has_type = tree["type"].is_present();
        const bool is_dated = has_type && tree["type"].one_of(kTypeNames, "type") == "datetime";
        std::vector<syntax::NodePtr> nodes;
        if (op.most == 1) {
            nodes.push_back(std::move(property));
            return apply(op, std::move(nodes), tree);
        }
        const auto operand = tree.required("operand");
        auto value = literal(operand, is_dated || !has_type);
        const bool is_in = static_cast<syntax::BinaryOp>(op.op) == syntax::BinaryOp::kIn;
        if (is_dated && !is_in) {
            property = call(syntax::Function::kDatetime, std::move(property), tree);
            const bool is_instant = std::holds_alternative<syntax::Call>(value->is);
            if (!is_instant) value = call(syntax::Function::kDatetime, std::move(value), tree);
        }
        // "in" says "contains": the operand is looked for in the property, unless it is a list to look in.
        if (is_in && !operand.is(values::Type::kList)) std::swap(property, value);
        nodes.push_back(std::move(property));
        nodes.push_back(std::move(value));
        return apply(op, std::move(nodes), tree);
    }

    syntax::NodePtr literal(const values::Cursor& value, bool now_is_time) {
        switch (value.type()) {
            case values::Type::kNull:
                return make(syntax::Literal(syntax::NullLiteral{}), 0, value);
            case values::Type::kBoolean:
                return make(syntax::Literal(value.as_boolean()), 0, value);
            case values::Type::kNumber:
                return make(syntax::Literal(value.as_number()), 0, value);
            case values::Type::kString:
                if (now_is_time && value.as_string() == "now")
                    return call(syntax::Function::kDatetime, make(syntax::Literal(syntax::Now{}), 0, value), value);
                return make(syntax::Literal(std::string(value.as_string())), 0, value);
            case values::Type::kList:
                return list(value, now_is_time);
            case values::Type::kObject:
                return window(value);
            case values::Type::kUndefined:
            case values::Type::kDatetime:
                break;
        }
        value.refuse_type("a JSON value");
    }

    syntax::NodePtr list(const values::Cursor& value, bool now_is_time) {
        const Level level(*this, value);
        syntax::ListOf list;
        std::uint32_t depth = 0;
        for (const auto& item : values::Children(value)) {
            list.items.push_back(literal(item, now_is_time));
            depth = std::max(depth, list.items.back()->depth);
        }
        return make(std::move(list), depth, value);
    }

    syntax::NodePtr window(const values::Cursor& value) {
        const auto window = value["window"];
        if (!window.is(values::Type::kObject) || value.size() != 1)
            value.refuse_type(R"(a literal or {"window": {"unit": "day", "value": 7}})");
        window.allow_keys(kWindowKeys);
        const auto unit = window.required("unit").one_of(kUnits, "unit").value();
        const auto count = window.required("value");
        if (!count.is(values::Type::kNumber)) count.refuse_type("a number");
        const auto position = std::find(kUnits.begin(), kUnits.end(), unit) - kUnits.begin();
        const auto seconds = count.as_number() * kUnitSeconds.at(static_cast<std::size_t>(position));
        if (!std::isfinite(seconds)) count.refuse("a number too large for a double");
        auto now = make(syntax::Literal(syntax::Now{}), 0, value);
        auto begin =
            binary(syntax::BinaryOp::kSubtract, std::move(now), make(syntax::Literal(seconds), 0, value), value);
        return call(syntax::Function::kDatetime, std::move(begin), value);
    }

    syntax::NodePtr logical(syntax::LogicalOp op, std::vector<syntax::NodePtr> nodes, const values::Cursor& at) {
        if (nodes.size() == 1) {
            // One condition alone is what it says; of anything else `and` makes its truth.
            return is_condition(*nodes[0]) ? std::move(nodes[0])
                                           : call(syntax::Function::kBoolean, std::move(nodes[0]), at);
        }
        return TreeNodes::logical(op, std::move(nodes), at);
    }

    std::size_t levels_ = 0;
};

}  // namespace

Expected<syntax::Ast, values::DocumentError> parse_tree(const values::Cursor& tree) {
    try {
        return TreeReader().read(tree);
    } catch (values::DocumentRefused& refused) {
        return unexpected(std::move(refused.error));
    }
}

}  // namespace engage::expr::trees
