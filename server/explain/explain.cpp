#include "server/explain/explain.hpp"

#include <utility>

#include "expr/spelling.hpp"
#include "expr/trace.hpp"
#include "fixtures/profile_record.hpp"
#include "server/explain/advice.hpp"
#include "server/query/dialect.hpp"

namespace engage::server {

namespace {

constexpr std::size_t kMostSteps = 200;

Expected<const fixtures::ProfileSet*, ExplainError> find_profiles(const fixtures::Project& project,
                                                                  const std::string& data_group_id) {
    if (data_group_id.empty()) return project.users.get();
    const auto group = project.groups.find(data_group_id);
    if (group != project.groups.end()) return group->second.get();
    std::string known;
    for (const auto& data_group : project.data_groups)
        known += (known.empty() ? "" : ", ") + data_group.data_group_id + " (" + data_group.property_name + ')';
    return unexpected(
        ExplainError("no data group " + data_group_id + " in the project; it has " + (known.empty() ? "none" : known)));
}

std::string unknown_profile(const fixtures::ProfileSet& profiles, const std::string& id) {
    std::vector<std::string_view> ids;
    ids.reserve(profiles.size());
    for (fixtures::RowIndex row = 0; row < profiles.size(); ++row) ids.push_back(profiles.distinct_id(row));
    const auto near = expr::nearest(id, ids);
    return "no profile \"" + id + '"' + (near.empty() ? "" : "; did you mean \"" + std::string(near) + "\"?");
}

ExplainedProfile trace_profile(const expr::Ast& ast, const fixtures::ProfileSet& profiles, fixtures::RowIndex row,
                               const expr::Context& context) {
    ExplainedProfile explained{.distinct_id = std::string(profiles.distinct_id(row)), .steps = {}};
    const expr::Trace trace(ast);
    fixtures::ProfileRecord record(profiles, trace.references());
    record.select(row);
    expr::Arena arena;
    const auto steps = steps_of(ast, kMostSteps);
    explained.is_cut = steps.size() == kMostSteps;
    for (const auto& [node, depth] : steps) {
        const auto value = trace.value(*node, record, context, arena);
        explained.steps.push_back({.depth = depth,
                                   .text = to_text(*node),
                                   .type = value.value_or(expr::View()).type(),
                                   .value = to_json(value.value_or(expr::View()), context.zone),
                                   .has_value = value.has_value()});
    }
    const auto verdict = trace.value(*ast.root, record, context, arena);
    explained.matches = is_truthy(verdict.value_or(expr::View()), context.semantics);
    return explained;
}

ExplainedCondition describe(const Condition& condition) {
    ExplainedCondition described{
        .text = to_text(*condition.node), .matches = condition.matches, .properties = {}, .misfits = {}};
    for (const auto& use : condition.properties) described.properties.push_back({to_text(*use.node), use.types});
    const auto* binary = std::get_if<expr::Binary>(&condition.node->is);
    for (const auto& [types, profiles] : condition.misfits)
        described.misfits.push_back({std::string(type_name(types.first)) + ' ' + std::string(symbol(binary->op)) + ' ' +
                                         std::string(type_name(types.second)),
                                     profiles});
    return described;
}

/// Why a query with this expression would be refused, though it parses.
std::optional<std::string> refusal_of(const ExplainQuery& query, const fixtures::ProfileSet& profiles,
                                      const expr::Context& context) {
    if (!context.semantics.logical_types_refused) return std::nullopt;
    const expr::Program program(expr::parse(query.where, query.grammar).value());
    fixtures::ProfileRecord record(profiles, program.references());
    expr::Arena arena;
    std::optional<expr::LogicalFault> fault;
    for (fixtures::RowIndex row = 0; row < profiles.size(); ++row) {
        arena.reset();
        record.select(row);
        program.matches(record, context, arena, &fault);
        if (fault)
            return "the query is refused (where.logical_operands=refuse): on the profile " +
                   std::string(profiles.distinct_id(row)) + ' ' + fault_text(*fault);
    }
    return std::nullopt;
}

}  // namespace

Expected<Explanation, ExplainError> explain(const fixtures::Project& project, const ExplainQuery& query,
                                            const expr::Context& context) {
    const auto ast = expr::parse(query.where, query.grammar);
    if (!ast) return unexpected(ExplainError(ast.error()));
    const auto profiles = find_profiles(project, query.data_group_id);
    if (!profiles) return unexpected(profiles.error());
    const auto& set = **profiles;
    const auto row = query.distinct_id ? set.find(*query.distinct_id) : std::nullopt;
    if (query.distinct_id && !row) return unexpected(ExplainError(unknown_profile(set, *query.distinct_id)));

    Explanation explanation;
    explanation.profiles = explanation.matches = set.size();
    if (!ast->root) {
        if (row) explanation.profile = {.distinct_id = *query.distinct_id, .matches = true, .steps = {}};
        return explanation;
    }
    explanation.text = to_text(*ast);
    explanation.tree = to_tree(*ast);
    explanation.grammar = grammar_notes(*ast);
    const auto found = survey(*ast, set, context);
    explanation.matches = found.matches;
    for (const auto& condition : found.conditions) explanation.conditions.push_back(describe(condition));
    explanation.conditions_left_out = found.conditions_left_out;
    if (row) explanation.profile = trace_profile(*ast, set, *row, context);
    explanation.advice = advice_on(found, set);
    if (auto refusal = refusal_of(query, set, context)) explanation.advice.insert(explanation.advice.begin(), *refusal);
    return explanation;
}

}  // namespace engage::server
