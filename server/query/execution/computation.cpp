#include "server/query/execution/computation.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include "expr/text/parse_whole.hpp"
#include "server/definitions/declared.hpp"
#include "server/query/execution/bound_record.hpp"
#include "server/query/execution/measure.hpp"
#include "server/query/execution/member_record.hpp"
#include "server/query/execution/selected_events.hpp"

namespace engage::server::query::execution {

namespace {

using expr::values::Scope;
using fixtures::profiles::RowIndex;
using Rows = Expected<space::RowSet, QueryFault>;

/// The cohort of a reference; its name is the id. Null when there is none.
const definitions::ReadyCohort* referred_cohort(const definitions::ReadyCohorts& cohorts, std::string_view name) {
    const auto id = expr::text::parse_whole<std::uint64_t>(name);
    if (!id) return nullptr;
    const auto found = cohorts.find(*id);
    return found == cohorts.end() ? nullptr : &found->second;
}

space::RowSet intersection(const space::RowSet& rows, const std::vector<RowIndex>& members) {
    if (rows.is_all()) return space::RowSet(members);
    const auto asked = rows.slice(0, rows.size());
    std::vector<RowIndex> both;
    std::set_intersection(asked.begin(), asked.end(), members.begin(), members.end(), std::back_inserter(both));
    return space::RowSet(std::move(both));
}

Definition definition_of(const definitions::ReadyCohort& cohort) { return {*cohort.program, cohort.behaviors}; }

/// A fault in what is the cohort's own; one of another cohort says so already.
template <class Value>
Expected<Value, QueryFault> within(const definitions::ReadyCohort& cohort, Expected<Value, QueryFault> result) {
    if (!result && !result.error().cohort) result.error().cohort = cohort.id;
    return result;
}

}  // namespace

Computation::Computation(const plan::QueryPlan& plan, const expr::evaluation::Context& context)
    : plan_(plan),
      context_(context),
      time_(plan.as_of ? *plan.as_of : event_time_of(context.now, *plan.snapshot->project)) {}

Rows Computation::filter(const Definition& definition, space::RowSet rows) {
    constexpr std::size_t kFew = 16;  ///< One row in so many: less work than columns that do not exist yet.
    const auto& program = definition.program;
    if (!program.ast().root) return rows;
    const auto bindings = bind(definition);
    if (!bindings) return unexpected(bindings.error());
    const auto all = plan_.profiles->size();
    if (rows.size() < all / kFew) return filter_few(definition, *bindings, rows.slice(0, rows.size()));
    const BoundColumns columns(*plan_.columns, *bindings);
    auto kept = expr::columns::filter(program, columns, context_, rows.bitmap(all));
    if (!kept) return unexpected(QueryFault{.operand = kept.error()});
    return space::RowSet(std::move(*kept));
}

Rows Computation::filter_few(const Definition& definition, const Bindings& bindings, std::vector<RowIndex> rows) const {
    BoundRecord record(*plan_.profiles, definition.program.references(), bindings);
    expr::values::Arena arena;
    std::optional<expr::evaluation::LogicalFault> fault;
    std::erase_if(rows, [&](RowIndex row) {
        if (fault) return false;
        arena.reset();
        record.select(row);
        return !definition.program.matches(record, context_, arena, &fault);
    });
    if (fault) return unexpected(QueryFault{.operand = *fault});
    return space::RowSet(std::move(rows));
}

Rows Computation::keep_members(const definitions::ReadyCohort& cohort, space::RowSet rows) {
    if (!cohort.program) return intersection(rows, cohort.rows);
    return within(cohort, filter(definition_of(cohort), std::move(rows)));
}

Expected<std::vector<std::string>, QueryFault> Computation::members_without_profile(
    const definitions::ReadyCohort& cohort) {
    const auto candidates = candidates_of(cohort);
    if (!candidates) return unexpected(candidates.error());
    auto ids = ids_of(*candidates);
    if (!cohort.program) return ids;
    return within(cohort, matching_members(definition_of(cohort), ids));
}

Expected<std::uint64_t, QueryFault> Computation::count_members(const definitions::ReadyCohort& cohort) {
    if (!cohort.referrers.empty()) {
        const auto membership = membership_of(cohort);
        if (!membership) return unexpected(membership.error());
        return (*membership)->size();
    }
    const auto rows = keep_members(cohort, space::RowSet::all(plan_.profiles->size()));
    if (!rows) return unexpected(rows.error());
    const auto without_profile = members_without_profile(cohort);
    if (!without_profile) return unexpected(without_profile.error());
    forget_behaviors(cohort);
    return rows->size() + without_profile->size();
}

Expected<Candidates, QueryFault> Computation::candidates_of(const definitions::ReadyCohort& cohort) {
    Candidates candidates;
    if (!cohort.program) {
        candidates.lists = {&cohort.without_profile};
        return candidates;
    }
    const auto bindings = within(cohort, bind(definition_of(cohort)));
    if (!bindings) return unexpected(bindings.error());
    for (const auto& [reference, computed] : bindings->all()) computed->add_candidates(candidates);
    auto& lists = candidates.lists;
    std::sort(lists.begin(), lists.end(), std::less<>());
    lists.erase(std::unique(lists.begin(), lists.end()), lists.end());
    return candidates;
}

std::vector<std::string> Computation::ids_of(const Candidates& candidates) const {
    std::vector<std::string> ids;
    for (const auto* list : candidates.lists) ids.insert(ids.end(), list->begin(), list->end());
    if (candidates.has_subjects) {
        const auto& subjects = plan_.snapshot->events->subjects(*plan_.profiles);
        for (const auto subject : subjects.without_profile()) ids.emplace_back(subjects.id(subject));
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

Expected<std::vector<std::string>, QueryFault> Computation::matching_members(const Definition& definition,
                                                                             const std::vector<std::string>& ids) {
    const auto bindings = bind(definition);
    if (!bindings) return unexpected(bindings.error());
    const auto& program = definition.program;
    MemberRecord record(program.references(), *bindings);
    std::vector<std::string> members;
    expr::values::Arena arena;
    std::optional<expr::evaluation::LogicalFault> fault;
    for (const auto& id : ids) {
        arena.reset();
        record.select(id);
        if (program.matches(record, context_, arena, &fault)) members.push_back(id);
        if (fault) return unexpected(QueryFault{.operand = *fault});
    }
    return members;
}

Expected<Bindings, QueryFault> Computation::bind(const Definition& definition) {
    Bindings bindings;
    for (const auto& reference : definition.program.references()) {
        const auto computed = value_of(reference, definition);
        if (!computed) return unexpected(computed.error());
        if (*computed != nullptr) bindings.add(reference, **computed);
    }
    return bindings;
}

Expected<const Computed*, QueryFault> Computation::value_of(const expr::values::Reference& reference,
                                                            const Definition& definition) {
    const auto& [scope, name] = reference;
    if (scope == Scope::kCohorts) {
        const auto* cohort = referred_cohort(plan_.snapshot->cohorts, name);
        if (cohort != nullptr) return membership_of(*cohort);
    } else if (scope == Scope::kBehaviors) {
        const auto* behavior = definitions::find_behavior(definition.behaviors, name);
        if (behavior != nullptr) return values_of(*behavior);
        return find_nobody();
    }
    return nullptr;
}

Expected<const Computed*, QueryFault> Computation::values_of(const definitions::Behavior& behavior) {
    auto& known = behaviors_[&behavior];
    if (known) return known.get();
    const auto& store = *plan_.snapshot->events;
    const auto events = selected_events(behavior, store, time_, context_);
    if (!events) return unexpected(QueryFault{.operand = events.error(), .behavior = behavior.name});
    const auto& subjects = store.subjects(*plan_.profiles);
    ++measured_behaviors_;
    known = std::make_unique<BehaviorValues>(measure(behavior, *events, store, subjects),
                                             value_of_nothing(behavior.measure), subjects, plan_.profiles->size());
    return known.get();
}

Expected<const Membership*, QueryFault> Computation::membership_of(const definitions::ReadyCohort& cohort) {
    if (const auto known = cohorts_.find(cohort.id); known != cohorts_.end()) return known->second.get();
    const auto all = plan_.profiles->size();
    const auto rows = keep_members(cohort, space::RowSet::all(all));
    if (!rows) return unexpected(rows.error());
    auto without_profile = members_without_profile(cohort);
    if (!without_profile) return unexpected(without_profile.error());
    auto candidates = candidates_of(cohort);
    if (!candidates) return unexpected(candidates.error());
    forget_behaviors(cohort);
    auto& known = cohorts_[cohort.id];
    known = std::make_unique<Membership>(rows->bitmap(all), std::move(*without_profile), std::move(*candidates));
    return known.get();
}

void Computation::forget_behaviors(const definitions::ReadyCohort& cohort) {
    for (const auto& behavior : cohort.behaviors) behaviors_.erase(&behavior);
}

const Computed* Computation::find_nobody() {
    if (!nobody_) {
        const auto& subjects = plan_.snapshot->events->subjects(*plan_.profiles);
        nobody_ =
            std::make_unique<BehaviorValues>(std::vector<double>(subjects.size()), 0, subjects, plan_.profiles->size());
    }
    return nobody_.get();
}

}  // namespace engage::server::query::execution
