#include "server/query/plan.hpp"

#include <utility>

#include "expr/parse.hpp"
#include "server/query/aliases.hpp"
#include "server/query/behaviors/behaviors_parameter.hpp"
#include "server/query/behaviors/declared.hpp"
#include "server/query/behaviors/workload.hpp"
#include "server/query/cohorts/find_cohort.hpp"
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
    if (!behaviors) return unexpected(ApiError{ErrorCode::kBadBehaviors, {text_of(behaviors.error())}});
    plan.behaviors = std::move(*behaviors);
    note_behaviors(plan.behaviors, query, evidence);
    return {};
}

Step check_declared(const EngageQuery& query, const Switches& switches, QueryPlan& plan, Evidence& evidence) {
    const auto undeclared = undeclared_behaviors(plan.where, plan.behaviors);
    if (undeclared.empty()) return {};
    evidence.note(SwitchId::kBehaviorsUndeclared);
    if (!switches.is(SwitchId::kBehaviorsUndeclared, "error")) return {};
    const auto* const reason = query.takes_behaviors ? "is not declared in the parameter behaviors"
                                                     : "does not exist here: this endpoint takes no behaviors";
    return unexpected(ApiError{ErrorCode::kUndeclaredBehavior, {query.where_parameter, undeclared.front(), reason}});
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
    return check_declared(query, switches, plan, evidence);
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

/// The cohorts of the fixtures are as dear as their author wants them.
Step check_workload(const EngageQuery&, const Switches&, QueryPlan& plan, Evidence&) {
    const bool is_raw = plan.cohort && plan.cohort->id == 0;
    const auto& behaviors = is_raw ? plan.cohort->behaviors : plan.behaviors;
    if (const auto excess = excess_of(behaviors, *plan.served->events, *plan.profiles))
        return unexpected(ApiError{ErrorCode::kTooMuchToCount, {is_raw ? "filter_by_cohort" : "behaviors", *excess}});
    return {};
}

}  // namespace

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
    for (const auto add : {add_behaviors, add_where, add_group, add_ids, add_cohort, check_workload})
        if (auto step = add(query, switches, plan, evidence); !step) return unexpected(std::move(step.error()));
    plan.search = make_search(query, *plan.profiles);
    plan.reads_clock = reads_clock(plan);
    return plan;
}

}  // namespace engage::server
