#include "server/query/plan.hpp"

#include "expr/parse.hpp"

namespace engage::server {

namespace {

/// A text that reads NOW is taken for the macro, too: the answer is then called assumed without need.
bool may_read_clock(const expr::Program& program) { return to_tree(program.ast()).find("NOW") != std::string::npos; }

Expected<expr::Program, ApiError> compile_where(const EngageQuery& query, Evidence& evidence) {
    auto ast = expr::parse(query.where);
    if (!ast) {
        const auto& error = ast.error();
        return unexpected(ApiError{ErrorCode::kBadWhere,
                                   {query.where_parameter + ": syntax error at character " +
                                    std::to_string(error.offset) + ": " + error.message}});
    }
    expr::Program program(std::move(*ast));
    if (program.ast().root) {
        evidence.note(Behaviour::kWhereGrammar);
        evidence.note(Behaviour::kWhereSemantics);
    }
    const auto tree = to_tree(program.ast());
    if (tree.find("(datetime ") != std::string::npos) evidence.note(Behaviour::kDatetimeZone);
    for (const auto& reference : program.references()) {
        if (reference.scope == expr::Scope::kBehaviors)
            return unexpected(ApiError{ErrorCode::kUndeclaredBehavior, {reference.name}});
        if (reference.name == "$distinct_id" && reference.scope != expr::Scope::kEvent)
            evidence.note(Behaviour::kDistinctIdProperty);
    }
    return program;
}

}  // namespace

Expected<QueryPlan, ApiError> make_plan(const EngageQuery& query, const ServedProject& served, const Switches& switches,
                                        Evidence& evidence) {
    auto program = compile_where(query, evidence);
    if (!program) return unexpected(std::move(program.error()));
    QueryPlan plan{.profiles = served.project->users,
                   .where = std::move(*program),
                   .distinct_ids = query.distinct_ids,
                   .cohort = nullptr,
                   .is_empty = false,
                   .include_all_users = query.include_all_users};
    plan.reads_clock = may_read_clock(plan.where);
    if (plan.distinct_ids && plan.where.ast().root) evidence.note(Behaviour::kDistinctIdsAndWhere);
    if (!query.data_group_id.empty()) {
        const auto group = served.project->groups.find(query.data_group_id);
        if (group == served.project->groups.end()) {
            evidence.note(SwitchId::kDataGroupUnknown);
            if (switches.is(SwitchId::kDataGroupUnknown, "error"))
                return unexpected(ApiError{ErrorCode::kUnknownDataGroup, {query.data_group_id}});
            plan.is_empty = true;
            return plan;
        }
        plan.profiles = group->second;
    }
    if (!query.cohort_id) return plan;
    const auto cohort = served.cohorts.find(*query.cohort_id);
    if (cohort == served.cohorts.end()) {
        evidence.note(SwitchId::kCohortUnknown);
        if (switches.is(SwitchId::kCohortUnknown, "error"))
            return unexpected(ApiError{ErrorCode::kUnknownCohort, {std::to_string(*query.cohort_id)}});
        if (switches.is(SwitchId::kCohortUnknown, "not-found"))
            return unexpected(ApiError{ErrorCode::kCohortNotFound, {std::to_string(*query.cohort_id)}});
        plan.is_empty = true;
        return plan;
    }
    plan.cohort = &cohort->second;
    plan.reads_clock = plan.reads_clock || (plan.cohort->program && may_read_clock(*plan.cohort->program));
    if (plan.where.ast().root) evidence.note(Behaviour::kCohortAndWhere);
    if (plan.distinct_ids) evidence.note(Behaviour::kCohortAndDistinctIds);
    if (plan.cohort->data_group_id != query.data_group_id) {
        evidence.note(Behaviour::kCohortOfOtherGroup);
        plan.is_empty = true;
    }
    return plan;
}

}  // namespace engage::server
