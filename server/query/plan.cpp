#include "server/query/plan.hpp"

#include "expr/parse.hpp"
#include "server/query/aliases.hpp"
#include "server/query/dialect.hpp"
#include "server/query/where_evidence.hpp"

namespace engage::server {

namespace {

Expected<expr::Program, ApiError> compile_where(const EngageQuery& query, const Switches& switches,
                                                Evidence& evidence) {
    auto ast = expr::parse(query.where, grammar_of(switches));
    if (!ast) {
        const auto& error = ast.error();
        return unexpected(
            ApiError{ErrorCode::kBadWhere,
                     {query.where_parameter + ": syntax error at character " +
                      std::to_string(expr::characters_before(query.where, error.offset)) + ": " + error.message}});
    }
    expr::Program program(std::move(*ast));
    note_where(program, evidence);
    for (const auto& reference : program.references())
        if (reference.scope == expr::Scope::kBehaviors)
            return unexpected(ApiError{ErrorCode::kUndeclaredBehavior, {reference.name}});
    return program;
}

}  // namespace

ServedProject::ServedProject(std::shared_ptr<const fixtures::Project> served, ReadyCohorts ready)
    : project(std::move(served)), cohorts(std::move(ready)) {
    const auto add = [&](const std::shared_ptr<const fixtures::ProfileSet>& profiles) {
        columns.emplace(profiles.get(), std::make_shared<const fixtures::ColumnStore>(profiles));
    };
    add(project->users);
    for (const auto& [id, profiles] : project->groups) add(profiles);
}

Expected<QueryPlan, ApiError> make_plan(const EngageQuery& query, const ServedProject& served, const Switches& switches,
                                        Evidence& evidence) {
    auto program = compile_where(query, switches, evidence);
    if (!program) return unexpected(std::move(program.error()));
    QueryPlan plan{.profiles = served.project->users,
                   .columns = served.columns.at(served.project->users.get()),
                   .where = std::move(*program),
                   .distinct_ids = query.distinct_ids,
                   .cohort = nullptr,
                   .is_empty = false,
                   .include_all_users = query.include_all_users};
    plan.reads_clock = reads_clock(plan.where);
    if (plan.distinct_ids && plan.where.ast().root) evidence.note(Behaviour::kDistinctIdsAndWhere);
    if (query.data_group_id.empty()) {
        const auto& identities = *served.project->identities;
        if (!identities.clusters().empty()) evidence.note(Behaviour::kCanonicalIds);
        if (plan.distinct_ids) resolve_aliases(*plan.distinct_ids, identities, switches, evidence);
    } else {
        const auto group = served.project->groups.find(query.data_group_id);
        if (group == served.project->groups.end()) {
            evidence.note(SwitchId::kDataGroupUnknown);
            if (switches.is(SwitchId::kDataGroupUnknown, "error"))
                return unexpected(ApiError{ErrorCode::kUnknownDataGroup, {query.data_group_id}});
            plan.is_empty = true;
            return plan;
        }
        plan.profiles = group->second;
        plan.columns = served.columns.at(plan.profiles.get());
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
    if (plan.cohort->has_selector) evidence.note(Behaviour::kCohortSelector);
    if (plan.cohort->program) note_where(*plan.cohort->program, evidence);
    plan.reads_clock = plan.reads_clock || (plan.cohort->program && reads_clock(*plan.cohort->program));
    if (plan.where.ast().root) evidence.note(Behaviour::kCohortAndWhere);
    if (plan.distinct_ids) evidence.note(Behaviour::kCohortAndDistinctIds);
    if (plan.cohort->data_group_id != query.data_group_id) {
        evidence.note(Behaviour::kCohortOfOtherGroup);
        plan.is_empty = true;
    }
    return plan;
}

}  // namespace engage::server
