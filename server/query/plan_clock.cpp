#include <algorithm>
#include <charconv>
#include <set>

#include "server/query/plan.hpp"
#include "server/query/where_evidence.hpp"

namespace engage::server {

namespace {

/// `ends_now`: windows end at the time of the query, not at one that the client gave.
bool reads_time(const Behavior& behavior, bool ends_now) {
    const auto condition_does = [](const EventSelector& selector) {
        return selector.selector && reads_clock(*selector.selector);
    };
    return (ends_now && std::holds_alternative<Window>(behavior.when)) ||
           std::any_of(behavior.selectors.begin(), behavior.selectors.end(), condition_does);
}

/// Looks at a cohort and at those that it refers to, each once.
class CohortClock {
public:
    explicit CohortClock(const ReadyCohorts& cohorts) : cohorts_(cohorts) {}

    bool is_read_by(const ReadyCohort& cohort) {
        if (!cohort.program || !seen_.insert(cohort.id).second) return false;
        if (reads_clock(*cohort.program)) return true;
        for (const auto& behavior : cohort.behaviors)
            if (reads_time(behavior, /*ends_now=*/true)) return true;
        const auto& references = cohort.program->references();
        return std::any_of(references.begin(), references.end(), [&](const expr::Reference& reference) {
            const auto* other = reference.scope == expr::Scope::kCohorts ? find(reference.name) : nullptr;
            return other != nullptr && is_read_by(*other);
        });
    }

private:
    const ReadyCohort* find(std::string_view name) const {
        std::uint64_t id = 0;
        std::from_chars(name.data(), name.data() + name.size(), id);
        const auto found = cohorts_.find(id);
        return found == cohorts_.end() ? nullptr : &found->second;
    }

    const ReadyCohorts& cohorts_;
    std::set<std::uint64_t> seen_;
};

}  // namespace

bool reads_clock(const QueryPlan& plan) {
    if (reads_clock(plan.where)) return true;
    const auto behavior_does = [&](const Behavior& behavior) { return reads_time(behavior, !plan.as_of); };
    if (std::any_of(plan.behaviors.begin(), plan.behaviors.end(), behavior_does)) return true;
    return plan.cohort != nullptr && CohortClock(plan.served->cohorts).is_read_by(*plan.cohort);
}

}  // namespace engage::server
