#include "server/query/execution/measure.hpp"
#include "expr/values/json.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace engage::server::query::execution {

namespace {

using Values = std::vector<double>;

/// Calls `visit(subject, event)` for all whom the events count for.
template <class Visit>
void for_each_subject(const expr::columns::Bitmap& events, const space::Subjects& subjects, Visit visit) {
    events.for_each([&](std::size_t event) {
        const auto index = static_cast<fixtures::events::EventIndex>(event);
        for (const auto subject : subjects.of(index)) visit(subject, index);
    });
}

/// The numbers that a property has, as pairs of a subject and a number.
template <class Visit>
void for_each_number(const expr::columns::Bitmap& events, const expr::columns::Column& column,
                     const space::Subjects& subjects, Visit visit) {
    const auto numbers = column.number_keys();
    for_each_subject(events, subjects, [&](space::SubjectIndex subject, fixtures::events::EventIndex event) {
        const auto number = (*numbers)[column.slot_of(event)];
        if (!std::isnan(number)) visit(subject, number);
    });
}

Values count_events(const expr::columns::Bitmap& events, const space::Subjects& subjects) {
    Values counts(subjects.size());
    for_each_subject(events, subjects,
                     [&](space::SubjectIndex subject, fixtures::events::EventIndex) { ++counts[subject]; });
    return counts;
}

Values averages(const expr::columns::Bitmap& events, const expr::columns::Column& column,
                const space::Subjects& subjects) {
    Values sums(subjects.size());
    Values counts(subjects.size());
    for_each_number(events, column, subjects, [&](space::SubjectIndex subject, double number) {
        sums[subject] += number;
        ++counts[subject];
    });
    // Nothing of nothing is NaN: undefined.
    std::transform(sums.begin(), sums.end(), counts.begin(), sums.begin(), std::divides<>());
    return sums;
}

/// The middle number, or the mean of the two in the middle.
Values medians(const expr::columns::Bitmap& events, const expr::columns::Column& column,
               const space::Subjects& subjects) {
    std::vector<std::pair<space::SubjectIndex, double>> numbers;
    for_each_number(events, column, subjects,
                    [&](space::SubjectIndex subject, double number) { numbers.emplace_back(subject, number); });
    std::sort(numbers.begin(), numbers.end());
    Values medians(subjects.size(), kUndefined);
    for (auto first = numbers.begin(); first != numbers.end();) {
        const auto last =
            std::find_if(first, numbers.end(), [&](const auto& pair) { return pair.first != first->first; });
        const auto count = last - first;
        medians[first->first] = ((first + (count - 1) / 2)->second + (first + count / 2)->second) / 2;
        first = last;
    }
    return medians;
}

/// The slots of a column, equal values with equal numbers; null and undefined are no values.
class DistinctValues {
public:
    explicit DistinctValues(const expr::columns::Column& column) : column_(column), known_(column.slots(), kNotYet) {}

    static constexpr std::uint32_t kMissing = 0;

    std::uint32_t number_of(fixtures::events::EventIndex event) {
        const auto slot = column_.slot_of(event);
        if (known_[slot] == kNotYet) known_[slot] = number_of_slot(slot);
        return known_[slot];
    }

private:
    static constexpr std::uint32_t kNotYet = ~std::uint32_t{0};

    std::uint32_t number_of_slot(std::size_t slot) {
        arena_.reset();
        const auto value = column_.slot_value(slot, arena_);
        if (value.is(expr::values::Type::kUndefined) || value.is(expr::values::Type::kNull)) return kMissing;
        const auto next = static_cast<std::uint32_t>(numbers_.size() + 1);
        return numbers_.try_emplace(expr::values::to_json(value, {}), next).first->second;
    }

    const expr::columns::Column& column_;
    std::vector<std::uint32_t> known_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
    expr::values::Arena arena_;
};

Values distinct_values(const expr::columns::Bitmap& events, const expr::columns::Column& column,
                       const space::Subjects& subjects) {
    DistinctValues values(column);
    std::vector<std::pair<space::SubjectIndex, std::uint32_t>> pairs;
    for_each_subject(events, subjects, [&](space::SubjectIndex subject, fixtures::events::EventIndex event) {
        if (const auto value = values.number_of(event); value != DistinctValues::kMissing)
            pairs.emplace_back(subject, value);
    });
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    Values counts(subjects.size());
    for (const auto& pair : pairs) ++counts[pair.first];
    return counts;
}

/// `better` says whether a number takes the place of another.
template <class Better>
Values extremes(const expr::columns::Bitmap& events, const expr::columns::Column& column,
                const space::Subjects& subjects, Better better) {
    Values best(subjects.size(), kUndefined);
    for_each_number(events, column, subjects, [&](space::SubjectIndex subject, double number) {
        if (std::isnan(best[subject]) || better(number, best[subject])) best[subject] = number;
    });
    return best;
}

Values totals(const expr::columns::Bitmap& events, const expr::columns::Column& column,
              const space::Subjects& subjects) {
    Values sums(subjects.size());
    for_each_number(events, column, subjects,
                    [&](space::SubjectIndex subject, double number) { sums[subject] += number; });
    return sums;
}

Values of_property(definitions::Measure measure, const expr::columns::Bitmap& events,
                   const expr::columns::Column& column, const space::Subjects& subjects) {
    switch (measure) {
        case definitions::Measure::kUnique:
            return distinct_values(events, column, subjects);
        case definitions::Measure::kTotal:
            return totals(events, column, subjects);
        case definitions::Measure::kAverage:
            return averages(events, column, subjects);
        case definitions::Measure::kMin:
            return extremes(events, column, subjects, std::less<>());
        case definitions::Measure::kMax:
            return extremes(events, column, subjects, std::greater<>());
        case definitions::Measure::kMedian:
            return medians(events, column, subjects);
        case definitions::Measure::kCount:
            break;
    }
    return count_events(events, subjects);
}

}  // namespace

double value_of_nothing(definitions::Measure measure) {
    return measure == definitions::Measure::kCount || measure == definitions::Measure::kUnique ||
                   measure == definitions::Measure::kTotal
               ? 0
               : kUndefined;
}

std::vector<double> measure(const definitions::Behavior& behavior, const expr::columns::Bitmap& events,
                            const space::EventStore& store, const space::Subjects& subjects) {
    if (behavior.measure == definitions::Measure::kCount) return count_events(events, subjects);
    if (behavior.property.empty()) {
        auto counts = count_events(events, subjects);
        for (auto& count : counts) count = std::min(count, 1.0);
        return counts;
    }
    const auto column = store.columns().column({expr::values::Scope::kEvent, behavior.property});
    if (!column) return Values(subjects.size(), value_of_nothing(behavior.measure));
    return of_property(behavior.measure, events, *column, subjects);
}

}  // namespace engage::server::query::execution
