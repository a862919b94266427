#include "server/definitions/saved_behaviors.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "expr/values/children.hpp"
#include "server/definitions/event_days.hpp"
#include "server/definitions/event_selector.hpp"

namespace engage::server::definitions {

namespace {

using namespace std::string_view_literals;

constexpr std::array kSavedKeys{"count"sv, "window"sv, "from_date"sv, "to_date"sv};
constexpr std::array kCountKeys{"event_selector"sv, "type"sv, "aggregationOperator"sv, "property"sv};
constexpr std::array kCountTypes{"absolute"sv};
constexpr std::array kOperators{"total"sv, "unique"sv, "average"sv, "min"sv, "max"sv, "median"sv};
constexpr std::array kMeasures{Measure::kTotal, Measure::kUnique, Measure::kAverage,
                               Measure::kMin,   Measure::kMax,    Measure::kMedian};

template <class Words>
std::size_t position_of(std::string_view word, const Words& words) {
    return static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin());
}

bool is_in_days(const expr::values::Cursor& behavior) {
    const auto unit = behavior["window"]["unit"];
    return unit.is(expr::values::Type::kString) && unit.as_string() == "day";
}

std::variant<Window, Days> read_time(const expr::values::Cursor& behavior) {
    const auto window = behavior["window"];
    const bool has_days = behavior["from_date"].is_present() || behavior["to_date"].is_present();
    if (has_days && window.is_present()) window.refuse("expected either a window or from_date and to_date, found both");
    if (has_days) return read_days(behavior);
    return read_window(behavior.required("window"));
}

void read_measure(const expr::values::Cursor& count, Behavior& behavior) {
    const auto aggregation = count["aggregationOperator"];
    const auto property = count["property"];
    const bool has_operator = aggregation.is_present() && !aggregation.is(expr::values::Type::kNull);
    if (has_operator)
        behavior.measure =
            kMeasures.at(position_of(aggregation.one_of(kOperators, "aggregationOperator").value(), kOperators));
    if (property.is_present() && !property.is(expr::values::Type::kNull))
        behavior.property = property.text("the name of a property").value();
    if (!behavior.property.empty()) {
        if (!has_operator) behavior.measure = Measure::kTotal;
        return;
    }
    if (behavior.measure == Measure::kTotal) behavior.measure = Measure::kCount;
    if (behavior.measure != Measure::kCount && behavior.measure != Measure::kUnique)
        count.refuse("expected the key property, which \"" +
                     std::string(aggregation.one_of(kOperators, "aggregationOperator").value()) +
                     "\" needs, found none");
}

Behavior read_behavior(std::string_view name, const expr::values::Cursor& value, expr::syntax::Grammar grammar) {
    if (!value.is(expr::values::Type::kObject)) value.refuse_type("an object with count and window");
    value.allow_keys(kSavedKeys);
    const auto count = value.required("count");
    if (!count.is(expr::values::Type::kObject)) count.refuse_type("an object with event_selector");
    count.allow_keys(kCountKeys);
    if (count["type"].is_present()) count["type"].one_of(kCountTypes, "type");
    Behavior behavior;
    behavior.name = name;
    behavior.selectors.push_back(read_event_selector(count.required("event_selector"), grammar));
    behavior.when = read_time(value);
    behavior.is_extended = behavior.selectors.back().event.empty() || !is_in_days(value);
    read_measure(count, behavior);
    return behavior;
}

}  // namespace

Expected<std::vector<Behavior>, expr::values::DocumentError> parse_saved_behaviors(const expr::values::Cursor& root,
                                                                                   expr::syntax::Grammar grammar) {
    try {
        if (!root.is(expr::values::Type::kObject)) root.refuse_type("an object of behaviors");
        if (root.size() > kMostEventSelectors)
            root.refuse("more than " + std::to_string(kMostEventSelectors) + " behaviors");
        std::vector<Behavior> behaviors;
        for (const auto& value : expr::values::Children(root))
            behaviors.push_back(read_behavior(value.name(), value, grammar));
        return behaviors;
    } catch (expr::values::DocumentRefused& refused) {
        return unexpected(std::move(refused.error));
    }
}

}  // namespace engage::server::definitions
