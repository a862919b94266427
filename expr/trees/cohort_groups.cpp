#include "expr/trees/cohort_groups.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

#include "expr/text/parse_whole.hpp"
#include "expr/trees/filter_conditions.hpp"
#include "expr/trees/unknown_form.hpp"
#include "expr/values/children.hpp"
#include "expr/values/time_zone.hpp"

namespace engage::expr::trees {
namespace {

using namespace std::string_view_literals;
using syntax::NodePtr;
using values::Cursor;
using values::Scope;
using values::Type;

constexpr std::array kJoins{"and"sv, "or"sv};
constexpr std::array kGroupTypes{"cohort_group"sv};
constexpr std::array kCohortGroupKeys{"type"sv,
                                      "event"sv,
                                      "filters"sv,
                                      "filtersOperator"sv,
                                      "behavioralFilters"sv,
                                      "behavioralFiltersOperator"sv,
                                      "groupingOperator"sv};
constexpr std::array kEverybodyKeys{"resourceType"sv, "value"sv, "label"sv};
constexpr std::array kEverybody{"$all_users"sv};
constexpr std::array kCohortResource{"cohort"sv};
constexpr std::array kGroupFilterKeys{"resourceType"sv, "propertyName"sv,  "propertyDefaultType"sv,
                                      "propertyType"sv, "defaultType"sv,   "filterOperator"sv,
                                      "filterValue"sv,  "customProperty"sv};
constexpr std::array kShortKeys{"property"sv, "operator"sv, "value"sv};
constexpr std::array kCustomKeys{"name"sv, "description"sv, "behavior"sv};
constexpr std::array kRangeKeys{"type"sv, "from"sv, "to"sv};
constexpr std::array kRangeTypes{"between"sv};
constexpr std::array kMembershipKeys{"cohort"sv};
constexpr std::array kMemberKeys{"id"sv, "name"sv, "negated"sv};
constexpr std::array kContainment{"contains"sv, "does not contain"sv};

/// The words of the short form, and what the others call them.
struct Synonym {
    std::string_view symbol;
    std::string_view word;
};
constexpr std::array kSymbols{Synonym{"==", "equals"},         Synonym{"!=", "does not equal"},
                              Synonym{">", "is greater than"}, Synonym{">=", "is greater than or equal to"},
                              Synonym{"<", "is less than"},    Synonym{"<=", "is less than or equal to"}};

/// Midnight after the day; nothing when the text is no day.
std::optional<std::string> midnight_after(std::string_view text) {
    constexpr std::string_view kForm = "YYYY-MM-DD";
    if (text.size() != kForm.size() || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t size) {
        return text::parse_whole<unsigned>(text.substr(at, size)).value_or(0);
    };
    const std::chrono::year_month_day day{std::chrono::year(static_cast<int>(number(0, 4))),
                                          std::chrono::month(number(5, 2)), std::chrono::day(number(8, 2))};
    if (!day.ok()) return std::nullopt;
    const std::chrono::sys_seconds next(std::chrono::sys_days(day) + std::chrono::days(1));
    return values::format_datetime(next.time_since_epoch().count());
}

class GroupReader : private FilterConditions {
public:
    /// Filters look at properties of `scope` unless they say otherwise.
    explicit GroupReader(Scope scope) : scope_(scope) {}

    CohortGroups read(const Cursor& groups) {
        if (!groups.is(Type::kList)) groups.refuse_type("a list of groups");
        CohortGroups read;
        read.ast.root = all_groups(groups);
        read.ast.nodes = count();
        read.counted = std::move(counted_);
        return read;
    }

    syntax::Ast read_filters(const Cursor& holder) {
        syntax::Ast ast;
        ast.root = filters(holder, "filters", "filtersOperator");
        ast.nodes = count();
        return ast;
    }

private:
    /// Null where everybody fits, as do the next two.
    NodePtr all_groups(const Cursor& groups) {
        std::vector<NodePtr> nodes;
        std::optional<syntax::LogicalOp> op;
        for (const auto& each : values::Children(groups)) {
            nodes.push_back(group(each));
            if (!each.next().is_present()) break;
            const auto place = each.required("groupingOperator");
            const auto next = operator_of(place);
            // Which of the two binds tighter is not known.
            if (op && *op != next) throw_unknown(place);
            op = next;
        }
        return combined(op.value_or(syntax::LogicalOp::kAnd), std::move(nodes), groups);
    }

    NodePtr group(const Cursor& each) {
        if (!each.is(Type::kObject)) each.refuse_type("an object with filters");
        expect_only(each, kCohortGroupKeys);
        if (each["type"].is_present()) known_word(each["type"], kGroupTypes);
        if (const auto event = each["event"]; !says_nothing(event)) {
            expect_only(event, kEverybodyKeys);
            known_word(event.required("value"), kEverybody);
        }
        std::vector<NodePtr> nodes;
        nodes.push_back(filters(each, "filters", "filtersOperator"));
        nodes.push_back(filters(each, "behavioralFilters", "behavioralFiltersOperator"));
        return combined(syntax::LogicalOp::kAnd, std::move(nodes), each);
    }

    NodePtr filters(const Cursor& holder, std::string_view key, std::string_view operator_key) {
        const auto list = holder[key].unless_null();
        if (!list.is_present()) return nullptr;
        if (!list.is(Type::kList)) list.refuse_type("a list of filters");
        std::vector<NodePtr> nodes;
        for (const auto& each : values::Children(list)) nodes.push_back(filter(each));
        const auto op = nodes.size() > 1 ? operator_of(holder.required(operator_key)) : syntax::LogicalOp::kAnd;
        return combined(op, std::move(nodes), holder);
    }

    static syntax::LogicalOp operator_of(const Cursor& place) {
        if (!place.is(Type::kString)) place.refuse_type("and or or");
        return known_word(place, kJoins) == "or" ? syntax::LogicalOp::kOr : syntax::LogicalOp::kAnd;
    }

    NodePtr combined(syntax::LogicalOp op, std::vector<NodePtr> nodes, const Cursor& at) {
        const auto fits_everybody = [](const NodePtr& node) { return node == nullptr; };
        if (op == syntax::LogicalOp::kOr && std::any_of(nodes.begin(), nodes.end(), fits_everybody)) return nullptr;
        std::erase_if(nodes, fits_everybody);
        return nodes.empty() ? nullptr : joined(op, std::move(nodes), at);
    }

    static bool is_short(const Cursor& filter) {
        return filter["operator"].is_present() && !filter["filterOperator"].is_present();
    }
    static Cursor operator_place(const Cursor& filter) {
        return filter.required(is_short(filter) ? "operator" : "filterOperator");
    }

    NodePtr filter(const Cursor& filter) {
        if (!filter.is(Type::kObject)) filter.refuse_type("an object with propertyName and filterOperator");
        const auto resource = filter["resourceType"];
        if (resource.is(Type::kString) && resource.as_string() == kCohortResource.front()) return membership(filter);
        if (is_short(filter))
            expect_only(filter, kShortKeys);
        else
            expect_only(filter, kGroupFilterKeys);
        const auto place = operator_place(filter);
        const auto word = place.text("an operator").value();
        const auto* const symbol =
            std::find_if(kSymbols.begin(), kSymbols.end(), [&](const Synonym& known) { return known.symbol == word; });
        const auto* const op = find_filter_operator(is_short(filter) && symbol != kSymbols.end() ? symbol->word : word);
        if (op == nullptr) throw_unknown(place);
        return condition(*op, filter);
    }

    /// Whether somebody is in one of some cohorts.
    NodePtr membership(const Cursor& filter) {
        if (scope_ != Scope::kUser) throw_unknown(filter["resourceType"]);
        expect_only(filter, kGroupFilterKeys);
        const bool is_negated = known_word(filter.required("filterOperator"), kContainment) != kContainment.front();
        const auto cohorts = filter.required("filterValue");
        if (!cohorts.is(Type::kList) || cohorts.size() == 0) cohorts.refuse_type("a list of cohorts");
        std::vector<NodePtr> nodes;
        for (const auto& each : values::Children(cohorts)) {
            if (!each.is(Type::kObject)) throw_unknown(each);
            expect_only(each, kMembershipKeys);
            const auto cohort = each.required("cohort");
            if (!cohort.is(Type::kObject)) cohort.refuse_type(R"(an object such as {"id":12})");
            expect_only(cohort, kMemberKeys);
            auto member =
                make(values::Reference{Scope::kCohorts, std::to_string(cohort.required("id").cohort_id().value())}, 0,
                     cohort);
            nodes.push_back(says_nothing(cohort["negated"]) ? std::move(member)
                                                            : unary(syntax::UnaryOp::kNot, std::move(member), cohort));
        }
        auto node = joined(syntax::LogicalOp::kOr, std::move(nodes), filter);
        return is_negated ? unary(syntax::UnaryOp::kNot, std::move(node), filter) : std::move(node);
    }

    NodePtr subject(const Cursor& filter) override {
        if (const auto custom = filter["customProperty"]; !says_nothing(custom)) return counted(filter, custom);
        const auto name = filter.required(is_short(filter) ? "property" : "propertyName");
        return make(values::Reference{scope_of(filter), std::string(name.text("the name of a property").value())}, 0,
                    filter);
    }

    Scope scope_of(const Cursor& filter) const {
        const auto resource = filter["resourceType"];
        if (says_nothing(resource)) return scope_;
        const auto word = resource.text().value();
        if (word == "user" || word == "people") return Scope::kUser;
        if (scope_ == Scope::kUser || (word != "event" && word != "events")) throw_unknown(resource);
        return Scope::kEvent;
    }

    NodePtr counted(const Cursor& filter, const Cursor& custom) {
        if (scope_ != Scope::kUser || !custom.is(Type::kObject)) throw_unknown(custom);
        expect_only(custom, kCustomKeys);
        const auto behavior = custom["behavior"];
        if (!behavior.is(Type::kObject)) throw_unknown(custom);
        const auto name = filter.pointer();
        if (counted_.empty() || counted_.back().name != name) counted_.push_back({name, behavior});
        return make(values::Reference{Scope::kBehaviors, name}, 0, filter);
    }

    std::string_view type_of(const Cursor& filter) const override {
        const auto type = filter["propertyType"];
        return says_nothing(type) ? std::string_view() : known_word(type, kTypeNames);
    }

    Cursor value_of(const Cursor& filter) const override {
        return filter.required(is_short(filter) ? "value" : "filterValue");
    }

    NodePtr between(const Cursor& filter, const Cursor& value) override {
        if (!value.is(Type::kObject)) {
            if (!value.is(Type::kList) || value.size() != 2)
                value.refuse_type(R"(an object such as {"type":"between","from":1,"to":2}, or a list of two values)");
            return range(filter, value.item(0), value.item(1));
        }
        expect_only(value, kRangeKeys);
        if (value["type"].is_present()) known_word(value["type"], kRangeTypes);
        return range(filter, value.required("from"), value.required("to"));
    }

    /// The last day of a range of days belongs to it.
    NodePtr range(const Cursor& filter, const Cursor& from, const Cursor& to) {
        std::vector<NodePtr> bounds;
        bounds.push_back(compared(syntax::BinaryOp::kGreaterEqual, filter, from));
        auto end =
            type_of(filter) == "datetime" && to.is(Type::kString) ? midnight_after(to.as_string()) : std::nullopt;
        if (end)
            bounds.push_back(binary(syntax::BinaryOp::kLess, datetime_of(subject(filter), filter),
                                    datetime_of(make(syntax::Literal(std::move(*end)), 0, to), to), filter));
        else
            bounds.push_back(compared(syntax::BinaryOp::kLessEqual, filter, to));
        return logical(syntax::LogicalOp::kAnd, std::move(bounds), filter);
    }

    /// The editors write the values of booleans as texts.
    NodePtr special_value(const Cursor& filter, const Cursor& one) override {
        if (type_of(filter) != "boolean" || !one.is(Type::kString)) return nullptr;
        const auto word = one.as_string();
        return word == "true" || word == "false" ? make(syntax::Literal(word == "true"), 0, one) : nullptr;
    }

    const Scope scope_;
    std::vector<CountedEvent> counted_;
};

}  // namespace

CohortGroups read_cohort_groups(const Cursor& groups) { return GroupReader(Scope::kUser).read(groups); }

syntax::Ast read_event_filters(const Cursor& behavior) { return GroupReader(Scope::kEvent).read_filters(behavior); }

}  // namespace engage::expr::trees
