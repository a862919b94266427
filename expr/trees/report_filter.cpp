#include "expr/trees/report_filter.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "expr/syntax/parse.hpp"
#include "expr/trees/filter_conditions.hpp"
#include "expr/values/children.hpp"

namespace engage::expr::trees {
namespace {

using namespace std::string_view_literals;

constexpr std::array kLogical{"and"sv, "or"sv};
constexpr std::array kResources{"events"sv, "people"sv, "event"sv, "user"sv};
constexpr std::array kGroupKeys{"operator"sv, "children"sv};
constexpr std::array kFilterKeys{"resourceType"sv, "filterType"sv,     "defaultType"sv,
                                 "value"sv,        "filterOperator"sv, "filterValue"sv};

/// Deeper than any filter that a person reads; far below what the stack holds.
constexpr std::size_t kMostLevels = 100;

class ReportFilter : private FilterConditions {
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
        return joined(is_or ? syntax::LogicalOp::kOr : syntax::LogicalOp::kAnd, std::move(nodes), filter);
    }

    syntax::NodePtr condition(const values::Cursor& filter) {
        filter.allow_keys(kFilterKeys);
        if (filter["defaultType"].is_present()) filter["defaultType"].one_of(kTypeNames, "defaultType");
        const auto name = filter.required("filterOperator").one_of(filter_operator_names(), "filterOperator").value();
        return FilterConditions::condition(*find_filter_operator(name), filter);
    }

    std::string_view type_of(const values::Cursor& filter) const override {
        const auto type = filter["filterType"];
        return type.is_present() ? type.one_of(kTypeNames, "filterType").value() : std::string_view();
    }

    syntax::NodePtr subject(const values::Cursor& filter) override {
        const auto resource = filter["resourceType"];
        const auto word =
            resource.is_present() ? resource.one_of(kResources, "resourceType").value() : kResources.front();
        const auto scope = word == "people" || word == "user" ? values::Scope::kUser : values::Scope::kEvent;
        return make(
            values::Reference{scope, std::string(filter.required("value").text("the name of a property").value())}, 0,
            filter);
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
