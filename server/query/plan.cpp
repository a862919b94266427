#include "server/query/plan.hpp"

#include <algorithm>
#include <utility>

#include "expr/parse.hpp"
#include "server/query/aliases.hpp"
#include "server/query/behaviors/behaviors_parameter.hpp"
#include "server/query/cohorts/cohort_filter.hpp"
#include "server/query/dialect.hpp"
#include "server/query/plan_evidence.hpp"
#include "server/query/search.hpp"
#include "server/query/where_evidence.hpp"

namespace engage::server {

namespace {

using Step = Expected<void, ApiError>;

Step add_behaviors(const EngageQuery& query, const Switches& switches, QueryPlan& plan, Evidence& evidence) {
    if (query.behaviors.empty()) return {};
    auto behaviors = parse_behaviors(query.behaviors, grammar_of(switches));
    if (!behaviors) {
        auto [pointer, message] = std::move(behaviors.error());
        return unexpected(
            ApiError{ErrorCode::kBadBehaviors, {pointer.empty() ? message : "at " + pointer + ": " + message}});
    }
    plan.behaviors = std::move(*behaviors);
    note_behaviors(plan.behaviors, query, evidence);
    return {};
}

Step check_declared(const QueryPlan& plan, const Switches& switches, Evidence& evidence) {
    for (const auto& reference : plan.where.references()) {
        const auto is_it = [&](const Behavior& behavior) { return behavior.name == reference.name; };
        if (reference.scope != expr::Scope::kBehaviors ||
            std::any_of(plan.behaviors.begin(), plan.behaviors.end(), is_it))
            continue;
        evidence.note(SwitchId::kBehaviorsUndeclared);
        if (switches.is(SwitchId::kBehaviorsUndeclared, "error"))
            return unexpected(ApiError{ErrorCode::kUndeclaredBehavior, {reference.name}});
    }
    return {};
}

Step add_where(const EngageQuery& query, const Switches& switches, QueryPlan& plan, Evidence& evidence) {
    auto ast = expr::parse(query.where, grammar_of(switches));
    if (!ast) {
        const auto& error = ast.error();
        return unexpected(
            ApiError{ErrorCode::kBadWhere,
                     {query.where_parameter + ": syntax error at character " +
                      std::to_string(expr::characters_before(query.where, error.offset)) + ": " + error.message}});
    }
    plan.where = expr::Program(std::move(*ast));
    note_where(plan.where, evidence);
    if (plan.distinct_ids && plan.where.ast().root) evidence.note(Behaviour::kDistinctIdsAndWhere);
    return check_declared(plan, switches, evidence);
}

Step add_group(const EngageQuery& query, const Switches& switches, QueryPlan& plan, Evidence& evidence) {
    if (query.data_group_id.empty()) return {};
    const auto& groups = plan.served->project->groups;
    const auto group = groups.find(query.data_group_id);
    if (group == groups.end()) {
        evidence.note(SwitchId::kDataGroupUnknown);
        if (switches.is(SwitchId::kDataGroupUnknown, "error"))
            return unexpected(ApiError{ErrorCode::kUnknownDataGroup, {query.data_group_id}});
        plan.is_empty = true;
        return {};
    }
    plan.profiles = group->second;
    plan.columns = plan.served->columns.at(plan.profiles.get());
    if (!plan.behaviors.empty()) evidence.note(Behaviour::kBehaviorsOfGroups);
    return {};
}

Step add_ids(const EngageQuery& query, const Switches& switches, QueryPlan& plan, Evidence& evidence) {
    if (!query.data_group_id.empty()) return {};
    const auto& identities = *plan.served->project->identities;
    if (!identities.clusters().empty()) evidence.note(Behaviour::kCanonicalIds);
    if (plan.distinct_ids) resolve_aliases(*plan.distinct_ids, identities, switches, evidence);
    return {};
}

Step add_cohort(const EngageQuery& query, const Switches& switches, QueryPlan& plan, Evidence& evidence) {
    if (!query.cohort || plan.is_empty) return {};
    auto cohort = find_cohort(*query.cohort, query.data_group_id, plan.served->cohorts, switches, evidence);
    if (!cohort) return unexpected(std::move(cohort.error()));
    if (!*cohort) {
        plan.is_empty = true;
        return {};
    }
    plan.cohort = std::move(*cohort);
    note_cohort(*plan.cohort, plan.served->cohorts, query, evidence);
    if (plan.where.ast().root) evidence.note(Behaviour::kCohortAndWhere);
    if (plan.distinct_ids) evidence.note(Behaviour::kCohortAndDistinctIds);
    if (plan.cohort->data_group_id != query.data_group_id) {
        evidence.note(Behaviour::kCohortOfOtherGroup);
        plan.is_empty = true;
    }
    return {};
}

}  // namespace

ServedProject::ServedProject(std::shared_ptr<const fixtures::Project> served, ReadyCohorts ready)
    : project(std::move(served)), cohorts(std::move(ready)) {
    const auto add = [&](const std::shared_ptr<const fixtures::ProfileSet>& profiles) {
        columns.emplace(profiles.get(), std::make_shared<const fixtures::ColumnStore>(profiles));
    };
    add(project->users);
    for (const auto& [id, profiles] : project->groups) add(profiles);
    events = std::make_shared<const EventStore>(project, columns.at(project->users.get()));
}

Expected<QueryPlan, ApiError> make_plan(const EngageQuery& query, const ServedProject& served, const Switches& switches,
                                        Evidence& evidence) {
    QueryPlan plan{.served = &served,
                   .profiles = served.project->users,
                   .columns = served.columns.at(served.project->users.get()),
                   .where = expr::Program(expr::Ast{}),
                   .distinct_ids = query.distinct_ids,
                   .cohort = nullptr,
                   .is_empty = false,
                   .include_all_users = query.include_all_users,
                   .behaviors = {},
                   .as_of = query.as_of};
    for (const auto add : {add_behaviors, add_where, add_group, add_ids, add_cohort})
        if (auto step = add(query, switches, plan, evidence); !step) return unexpected(std::move(step.error()));
    plan.search = make_search(query, *plan.profiles);
    plan.reads_clock = reads_clock(plan);
    return plan;
}

}  // namespace engage::server
