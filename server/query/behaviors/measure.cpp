#include "server/query/behaviors/measure.hpp"
#include "expr/json.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace engage::server {

namespace {

using Values = std::vector<double>;

/// Calls `visit(subject, event)` for all whom the events count for.
template <class Visit>
void for_each_subject(const expr::Bitmap& events, const Subjects& subjects, Visit visit) {
    events.for_each([&](std::size_t event) {
        const auto index = static_cast<fixtures::EventIndex>(event);
        for (const auto subject : subjects.of(index)) visit(subject, index);
    });
}

/// The numbers that a property has, as pairs of a subject and a number.
template <class Visit>
void for_each_number(const expr::Bitmap& events, const expr::Column& column, const Subjects& subjects, Visit visit) {
    const auto numbers = column.number_keys();
    for_each_subject(events, subjects, [&](SubjectIndex subject, fixtures::EventIndex event) {
        const auto number = (*numbers)[column.slot_of(event)];
        if (!std::isnan(number)) visit(subject, number);
    });
}

Values count_events(const expr::Bitmap& events, const Subjects& subjects) {
    Values counts(subjects.size());
    for_each_subject(events, subjects, [&](SubjectIndex subject, fixtures::EventIndex) { ++counts[subject]; });
    return counts;
}

Values averages(const expr::Bitmap& events, const expr::Column& column, const Subjects& subjects) {
    Values sums(subjects.size());
    Values counts(subjects.size());
    for_each_number(events, column, subjects, [&](SubjectIndex subject, double number) {
        sums[subject] += number;
        ++counts[subject];
    });
    // Nothing of nothing is NaN: undefined.
    std::transform(sums.begin(), sums.end(), counts.begin(), sums.begin(), std::divides<>());
    return sums;
}

/// The middle number, or the mean of the two in the middle.
Values medians(const expr::Bitmap& events, const expr::Column& column, const Subjects& subjects) {
    std::vector<std::pair<SubjectIndex, double>> numbers;
    for_each_number(events, column, subjects,
                    [&](SubjectIndex subject, double number) { numbers.emplace_back(subject, number); });
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
    explicit DistinctValues(const expr::Column& column) : column_(column), known_(column.slots(), kNotYet) {}

    static constexpr std::uint32_t kMissing = 0;

    std::uint32_t number_of(fixtures::EventIndex event) {
        const auto slot = column_.slot_of(event);
        if (known_[slot] == kNotYet) known_[slot] = number_of_slot(slot);
        return known_[slot];
    }

private:
    static constexpr std::uint32_t kNotYet = ~std::uint32_t{0};

    std::uint32_t number_of_slot(std::size_t slot) {
        arena_.reset();
        const auto value = column_.slot_value(slot, arena_);
        if (value.is(expr::Type::kUndefined) || value.is(expr::Type::kNull)) return kMissing;
        const auto next = static_cast<std::uint32_t>(numbers_.size() + 1);
        return numbers_.try_emplace(expr::to_json(value, {}), next).first->second;
    }

    const expr::Column& column_;
    std::vector<std::uint32_t> known_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
    expr::Arena arena_;
};

Values distinct_values(const expr::Bitmap& events, const expr::Column& column, const Subjects& subjects) {
    DistinctValues values(column);
    std::vector<std::pair<SubjectIndex, std::uint32_t>> pairs;
    for_each_subject(events, subjects, [&](SubjectIndex subject, fixtures::EventIndex event) {
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
Values extremes(const expr::Bitmap& events, const expr::Column& column, const Subjects& subjects, Better better) {
    Values best(subjects.size(), kUndefined);
    for_each_number(events, column, subjects, [&](SubjectIndex subject, double number) {
        if (std::isnan(best[subject]) || better(number, best[subject])) best[subject] = number;
    });
    return best;
}

Values totals(const expr::Bitmap& events, const expr::Column& column, const Subjects& subjects) {
    Values sums(subjects.size());
    for_each_number(events, column, subjects, [&](SubjectIndex subject, double number) { sums[subject] += number; });
    return sums;
}

Values of_property(Measure measure, const expr::Bitmap& events, const expr::Column& column, const Subjects& subjects) {
    switch (measure) {
        case Measure::kUnique:
            return distinct_values(events, column, subjects);
        case Measure::kTotal:
            return totals(events, column, subjects);
        case Measure::kAverage:
            return averages(events, column, subjects);
        case Measure::kMin:
            return extremes(events, column, subjects, std::less<>());
        case Measure::kMax:
            return extremes(events, column, subjects, std::greater<>());
        case Measure::kMedian:
            return medians(events, column, subjects);
        case Measure::kCount:
            break;
    }
    return count_events(events, subjects);
}

}  // namespace

double value_of_nothing(Measure measure) {
    return measure == Measure::kCount || measure == Measure::kUnique || measure == Measure::kTotal ? 0 : kUndefined;
}

std::vector<double> measure(const Behavior& behavior, const expr::Bitmap& events, const EventStore& store,
                            const Subjects& subjects) {
    if (behavior.measure == Measure::kCount) return count_events(events, subjects);
    if (behavior.property.empty()) {
        auto counts = count_events(events, subjects);
        for (auto& count : counts) count = std::min(count, 1.0);
        return counts;
    }
    const auto column = store.columns().column({expr::Scope::kEvent, behavior.property});
    if (!column) return Values(subjects.size(), value_of_nothing(behavior.measure));
    return of_property(behavior.measure, events, *column, subjects);
}

}  // namespace engage::server
