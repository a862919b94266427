#include "server/query/plan/plan.hpp"

#include <algorithm>
#include <utility>

#include "expr/syntax/caret.hpp"
#include "expr/syntax/parse.hpp"
#include "server/catalogue/errors/cohorts.hpp"
#include "server/catalogue/errors/expressions.hpp"
#include "server/catalogue/facts/answers.hpp"
#include "server/catalogue/facts/behaviors.hpp"
#include "server/catalogue/facts/cohorts.hpp"
#include "server/catalogue/facts/filters.hpp"
#include "server/catalogue/switches/dialect.hpp"
#include "server/catalogue/switches/filters.hpp"
#include "server/definitions/behaviors_parameter.hpp"
#include "server/definitions/declared.hpp"
#include "server/definitions/reachable_cohorts.hpp"
#include "server/query/plan/aliases.hpp"
#include "server/query/plan/find_cohort.hpp"
#include "server/query/plan/plan_evidence.hpp"
#include "server/query/plan/search.hpp"
#include "server/query/plan/undeclared.hpp"
#include "server/query/plan/where_evidence.hpp"
#include "server/query/plan/workload.hpp"

namespace engage::server::query::plan {

namespace {

using Step = Expected<void, catalogue::ApiError>;

Step add_behaviors(const request::EngageQuery& query, QueryPlan& plan, catalogue::Readings& readings) {
    if (query.behaviors.empty()) return {};
    auto behaviors =
        definitions::parse_behaviors(query.behaviors, catalogue::switches::grammar_of(readings.switches()));
    if (!behaviors)
        return unexpected(
            catalogue::ApiError{catalogue::errors::kBadBehaviors, {definitions::problem_text(behaviors.error())}});
    plan.behaviors = std::move(*behaviors);
    note_behaviors(plan.behaviors, query, readings);
    return {};
}

Step check_declared(const request::EngageQuery& query, QueryPlan& plan, catalogue::Readings& readings) {
    const auto refused = refused_behavior(plan.where, plan.behaviors, readings);
    if (!refused) return {};
    const auto* const reason = query.takes_behaviors ? "is not declared in the parameter behaviors"
                                                     : "does not exist here: this endpoint takes no behaviors";
    return unexpected(
        catalogue::ApiError{catalogue::errors::kUndeclaredBehavior, {query.where_parameter, *refused, reason}});
}

Step add_where(const request::EngageQuery& query, QueryPlan& plan, catalogue::Readings& readings) {
    auto ast = expr::syntax::parse(query.where, catalogue::switches::grammar_of(readings.switches()));
    if (!ast) {
        const auto& error = ast.error();
        return unexpected(catalogue::ApiError{
            catalogue::errors::kBadWhere,
            {query.where_parameter + ": syntax error at character " +
             std::to_string(expr::syntax::characters_before(query.where, error.offset)) + ": " + error.message}});
    }
    plan.where = expr::evaluation::Program(std::move(*ast));
    note_where(plan.where, readings);
    if (plan.distinct_ids && plan.where.ast().root) readings.note(catalogue::facts::kDistinctIdsAndWhere);
    return check_declared(query, plan, readings);
}

Step add_group(const request::EngageQuery& query, QueryPlan& plan, catalogue::Readings& readings) {
    if (query.data_group_id.empty()) return {};
    const auto& groups = plan.snapshot->project->groups;
    const auto group = groups.find(query.data_group_id);
    if (group == groups.end()) {
        if (readings.choose(catalogue::switches::kDataGroupUnknown) == catalogue::switches::DataGroupUnknown::kError)
            return unexpected(catalogue::ApiError{catalogue::errors::kUnknownDataGroup, {query.data_group_id}});
        plan.is_empty = true;
        return {};
    }
    plan.profiles = group->second;
    plan.columns = plan.snapshot->columns.at(plan.profiles.get());
    if (!plan.behaviors.empty()) readings.note(catalogue::facts::kBehaviorsOfGroups);
    return {};
}

Step add_ids(const request::EngageQuery& query, QueryPlan& plan, catalogue::Readings& readings) {
    if (!query.data_group_id.empty()) return {};
    const auto& identities = *plan.snapshot->project->identities;
    if (!identities.clusters().empty()) readings.note(catalogue::facts::kCanonicalIds);
    if (plan.distinct_ids) resolve_aliases(*plan.distinct_ids, identities, readings);
    return {};
}

Step add_cohort(const request::EngageQuery& query, QueryPlan& plan, catalogue::Readings& readings) {
    if (!query.cohort || plan.is_empty) return {};
    auto cohort = find_cohort(*query.cohort, query.data_group_id, plan.snapshot, readings);
    if (!cohort) return unexpected(std::move(cohort.error()));
    if (!*cohort) {
        plan.is_empty = true;
        return {};
    }
    plan.cohort = std::move(*cohort);
    note_cohort(*plan.cohort, plan.snapshot->cohorts, query, readings);
    if (plan.where.ast().root) readings.note(catalogue::facts::kCohortAndWhere);
    if (plan.distinct_ids) readings.note(catalogue::facts::kCohortAndDistinctIds);
    if (plan.cohort->data_group_id != query.data_group_id) {
        readings.note(catalogue::facts::kCohortOfOtherGroup);
        plan.is_empty = true;
    }
    return {};
}

/// The cohorts of the fixtures are as dear as their author wants them.
Step check_workload(const request::EngageQuery&, QueryPlan& plan, catalogue::Readings&) {
    const bool is_raw = plan.cohort && plan.cohort->id == 0;
    const auto& behaviors = is_raw ? plan.cohort->behaviors : plan.behaviors;
    if (const auto excess = excess_of(behaviors, *plan.snapshot->events, *plan.profiles))
        return unexpected(catalogue::ApiError{catalogue::errors::kTooMuchToCount,
                                              {is_raw ? "filter_by_cohort" : "behaviors", *excess}});
    return {};
}

/// Whether behaviors depend on the time of the query: a condition says NOW, or, if `ends_now`, there is a window.
bool behaviors_read_clock(const std::vector<definitions::Behavior>& behaviors, bool ends_now) {
    const auto condition_does = [](const definitions::EventSelector& selector) {
        return selector.selector && selector.selector->facts().reads_clock;
    };
    return std::any_of(behaviors.begin(), behaviors.end(), [&](const definitions::Behavior& behavior) {
        return (ends_now && std::holds_alternative<definitions::Window>(behavior.when)) ||
               std::any_of(behavior.selectors.begin(), behavior.selectors.end(), condition_does);
    });
}

/// Windows end at the time of the query unless the client gave another one.
bool reads_clock(const QueryPlan& plan) {
    if (plan.where.facts().reads_clock || behaviors_read_clock(plan.behaviors, !plan.as_of)) return true;
    if (plan.cohort == nullptr) return false;
    const auto cohorts = definitions::reachable_cohorts(*plan.cohort, plan.snapshot->cohorts);
    return std::any_of(cohorts.begin(), cohorts.end(), [&](const definitions::ReadyCohort* cohort) {
        return cohort->program &&
               (cohort->program->facts().reads_clock || behaviors_read_clock(cohort->behaviors, !plan.as_of));
    });
}

}  // namespace

Expected<QueryPlan, catalogue::ApiError> make_plan(const request::EngageQuery& query,
                                                   const space::SnapshotPtr& snapshot, catalogue::Readings& readings) {
    QueryPlan plan{.snapshot = snapshot,
                   .profiles = snapshot->project->users,
                   .columns = snapshot->columns.at(snapshot->project->users.get()),
                   .where = expr::evaluation::Program(expr::syntax::Ast{}),
                   .distinct_ids = query.distinct_ids,
                   .cohort = nullptr,
                   .is_empty = false,
                   .include_all_users = query.include_all_users,
                   .behaviors = {},
                   .as_of = query.as_of};
    for (const auto add : {add_behaviors, add_where, add_group, add_ids, add_cohort, check_workload})
        if (auto step = add(query, plan, readings); !step) return unexpected(std::move(step.error()));
    plan.search = make_search(query, *plan.profiles);
    plan.reads_clock = reads_clock(plan);
    return plan;
}

}  // namespace engage::server::query::plan
