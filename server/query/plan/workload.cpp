#include "server/query/plan/workload.hpp"

namespace engage::server::query::plan {

namespace {

/// Each event that has the name costs one look, whatever its time.
std::uint64_t looks_of(const definitions::EventSelector& selector, const space::EventStore& store) {
    const auto& events = store.events();
    const auto named = events.named(selector.event);
    const std::uint64_t count = selector.event.empty() ? events.size() : named.end - named.begin;
    if (!selector.selector) return count;
    const auto users = store.users().rows() + events.actor_count();
    const auto& facts = selector.selector->facts();
    return count + facts.parts * (facts.reads_only(expr::values::Scope::kUser) ? users : count);
}

std::string excess(const std::string& of, std::uint64_t found, std::uint64_t most) {
    return of + ": at most " + std::to_string(most) + ", found " + std::to_string(found);
}

}  // namespace

std::optional<std::string> excess_of(const std::vector<definitions::Behavior>& behaviors,
                                     const space::EventStore& store, const fixtures::profiles::ProfileSet& profiles,
                                     const WorkloadLimits& limits) {
    if (behaviors.empty()) return std::nullopt;
    std::uint64_t looks = 0;
    for (const auto& behavior : behaviors)
        for (const auto& selector : behavior.selectors) looks += looks_of(selector, store);
    if (looks > limits.looks) return excess("events times the parts of their conditions", looks, limits.looks);
    const auto numbers = behaviors.size() * (profiles.size() + store.subjects(profiles).size());
    if (numbers > limits.numbers) return excess("behaviors times profiles and users", numbers, limits.numbers);
    return std::nullopt;
}

}  // namespace engage::server::query::plan
