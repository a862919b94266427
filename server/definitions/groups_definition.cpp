#include "server/definitions/groups_definition.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "expr/trees/cohort_groups.hpp"
#include "expr/trees/unknown_form.hpp"
#include "server/definitions/event_days.hpp"
#include "server/definitions/event_selector.hpp"

namespace engage::server::definitions {

namespace {

using expr::trees::expect_only;
using expr::trees::known_word;
using expr::values::Cursor;
using namespace std::string_view_literals;

constexpr std::array kCountedKeys{
    "event"sv, "filters"sv, "filtersOperator"sv, "behavioralFiltersOperator"sv, "aggregationOperator"sv, "dateRange"sv};
constexpr std::array kEventKeys{"value"sv, "label"sv, "isRecentlyUsed"sv};
constexpr std::array kTotals{"total"sv};
constexpr std::array kDateRanges{"between"sv, "in the last"sv};
constexpr std::array kBetweenKeys{"type"sv, "from"sv, "to"sv};
constexpr std::array kLastKeys{"type"sv, "window"sv};

std::variant<Window, Days> read_date_range(const Cursor& range) {
    if (!range.is(expr::values::Type::kObject))
        range.refuse_type(R"(an object such as {"type":"between","from":"2026-06-01","to":"2026-06-30"})");
    if (known_word(range.required("type"), kDateRanges) == kDateRanges.front()) {
        expect_only(range, kBetweenKeys);
        return read_days(range.required("from"), range.required("to"));
    }
    expect_only(range, kLastKeys);
    return read_window(range.required("window"));
}

EventSelector read_counted_event(const Cursor& behavior) {
    const auto event = behavior.required("event");
    if (!event.is(expr::values::Type::kObject)) event.refuse_type(R"(an object such as {"value":"Purchase"})");
    expect_only(event, kEventKeys);
    EventSelector selector;
    selector.event = event_of(event.required("value").non_empty_text().value());
    auto filters = expr::trees::read_event_filters(behavior);
    if (!filters.root) return selector;
    selector.selector = std::make_shared<const expr::evaluation::Program>(std::move(filters));
    selector.is_report_filter = true;
    return selector;
}

Behavior read_counted(const expr::trees::CountedEvent& counted) {
    const auto& place = counted.behavior;
    expect_only(place, kCountedKeys);
    if (const auto measure = place["aggregationOperator"].unless_null(); measure.is_present())
        known_word(measure, kTotals);
    Behavior behavior;
    behavior.name = counted.name;
    behavior.selectors.push_back(read_counted_event(place));
    behavior.when = read_date_range(place.required("dateRange"));
    behavior.is_extended = true;
    return behavior;
}

GroupsProblem problem(expr::values::DocumentError error) { return {.error = std::move(error)}; }

}  // namespace

Expected<CohortDefinition, GroupsProblem> read_groups(const Cursor& groups) {
    try {
        auto read = expr::trees::read_cohort_groups(groups);
        if (read.counted.size() > kMostEventSelectors)
            groups.refuse("more than " + std::to_string(kMostEventSelectors) + " behaviors");
        std::vector<Behavior> behaviors;
        for (const auto& counted : read.counted) behaviors.push_back(read_counted(counted));
        return make_definition(std::move(read.ast), std::move(behaviors), groups.pointer()).map_error(problem);
    } catch (expr::trees::UnknownForm& unknown) {
        return unexpected(GroupsProblem{{std::move(unknown.pointer), std::move(unknown.what)}, true});
    } catch (expr::values::DocumentRefused& refused) {
        return unexpected(problem(std::move(refused.error)));
    }
}

}  // namespace engage::server::definitions
