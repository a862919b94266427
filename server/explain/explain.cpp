#include "server/explain/explain.hpp"

#include <algorithm>
#include <utility>

#include "expr/columns/filter.hpp"
#include "expr/evaluation/trace.hpp"
#include "expr/functions/functions.hpp"
#include "expr/text/shortened.hpp"
#include "expr/text/spelling.hpp"
#include "expr/values/json.hpp"
#include "server/catalogue/switches/dialect.hpp"
#include "server/definitions/behaviors_parameter.hpp"
#include "server/definitions/declared.hpp"
#include "server/explain/advice.hpp"
#include "server/explain/comparison.hpp"
#include "server/query/execution/bound_record.hpp"
#include "server/query/execution/run.hpp"

namespace engage::server::explain {

namespace {

using Lines = std::vector<std::string>;

// Together they keep an explanation below about a megabyte, even when JSON writes each byte with six.
constexpr std::size_t kLongestExpression = 10'000;
constexpr std::size_t kMostSteps = 200;
constexpr std::size_t kLongestValue = 200;
constexpr std::size_t kMostConditionText = 20'000;
constexpr std::size_t kMostAdvice = 50;
constexpr std::size_t kLongestAdvice = 800;

Expected<std::shared_ptr<const fixtures::profiles::ProfileSet>, ExplainError> find_profiles(
    const fixtures::project::Project& project, const std::string& data_group_id) {
    if (data_group_id.empty()) return project.users;
    const auto group = project.groups.find(data_group_id);
    if (group != project.groups.end()) return group->second;
    std::string known;
    for (const auto& data_group : project.data_groups)
        known += (known.empty() ? "" : ", ") + data_group.data_group_id + " (" + data_group.property_name + ')';
    return unexpected(
        ExplainError("no data group " + data_group_id + " in the project; it has " + (known.empty() ? "none" : known)));
}

/// The expression with the profiles and behaviors of the query, whatever a query would be refused for.
Expected<query::plan::QueryPlan, ExplainError> plan_of(const space::SnapshotPtr& snapshot, const ExplainQuery& query,
                                                       expr::evaluation::Program where) {
    const auto profiles = find_profiles(*snapshot->project, query.data_group_id);
    if (!profiles) return unexpected(profiles.error());
    query::plan::QueryPlan plan{.snapshot = snapshot,
                                .profiles = *profiles,
                                .columns = snapshot->columns.at(profiles->get()),
                                .where = std::move(where),
                                .distinct_ids = {},
                                .cohort = nullptr};
    plan.as_of = query.as_of;
    if (query.behaviors.empty()) return plan;
    auto behaviors = definitions::parse_behaviors(query.behaviors, query.grammar);
    if (!behaviors) return unexpected(ExplainError("behaviors: " + definitions::problem_text(behaviors.error())));
    plan.behaviors = std::move(*behaviors);
    return plan;
}

void advise_undeclared(const expr::evaluation::Program& program, const std::vector<definitions::Behavior>& behaviors,
                       Lines& advice) {
    for (const auto& name : definitions::undeclared_behaviors(program, behaviors))
        advice.push_back("the query is refused: behaviors[\"" + name +
                         "\"] is not declared in the parameter behaviors");
}

void advise_unknown_events(const std::vector<definitions::Behavior>& behaviors,
                           const fixtures::events::EventSet& events, Lines& advice) {
    const std::vector<std::string_view> known(events.names().begin(), events.names().end());
    for (const auto& behavior : behaviors) {
        for (const auto& selector : behavior.selectors) {
            const auto& name = selector.event;
            if (name.empty() || std::find(known.begin(), known.end(), name) != known.end()) continue;
            const auto near = expr::text::nearest(name, known);
            advice.push_back("no event \"" + name + "\" in the project" +
                             (near.empty() ? "" : "; did you mean \"" + std::string(near) + "\"?"));
        }
    }
}

std::string unknown_profile(const fixtures::profiles::ProfileSet& profiles, const std::string& id) {
    std::vector<std::string_view> ids;
    ids.reserve(profiles.size());
    for (fixtures::profiles::RowIndex row = 0; row < profiles.size(); ++row) ids.push_back(profiles.distinct_id(row));
    const auto near = expr::text::nearest(id, ids);
    return "no profile \"" + id + '"' + (near.empty() ? "" : "; did you mean \"" + std::string(near) + "\"?");
}

ExplainedProfile trace_profile(const expr::syntax::Ast& ast, const fixtures::profiles::ProfileSet& profiles,
                               const query::execution::Bindings& bindings, fixtures::profiles::RowIndex row,
                               const expr::evaluation::Context& context) {
    ExplainedProfile explained{.distinct_id = std::string(profiles.distinct_id(row)), .steps = {}};
    const expr::evaluation::Trace trace(ast);
    query::execution::BoundRecord record(profiles, trace.references(), bindings);
    record.select(row);
    expr::values::Arena arena;
    const auto steps = expr::evaluation::steps_of(ast, kMostSteps);
    explained.is_cut = steps.size() == kMostSteps;
    for (const auto& [node, depth] : steps) {
        arena.reset();
        const auto value = trace.value(*node, record, context, arena);
        auto text = expr::values::to_json(value.value_or(expr::values::View()), context.zone, kLongestValue + 1);
        const bool is_cut = text.size() > kLongestValue;
        text = expr::text::shortened(std::move(text), kLongestValue);
        explained.steps.push_back({.depth = depth,
                                   .text = text_of(*node),
                                   .type = value.value_or(expr::values::View()).type(),
                                   .value = std::move(text),
                                   .is_value_cut = is_cut,
                                   .has_value = value.has_value()});
    }
    const auto verdict = trace.value(*ast.root, record, context, arena);
    explained.matches = expr::functions::is_truthy(verdict.value_or(expr::values::View()), context.semantics);
    return explained;
}

ExplainedCondition describe(const Condition& condition) {
    ExplainedCondition described{
        .text = text_of(*condition.node), .matches = condition.matches, .properties = {}, .misfits = {}};
    for (const auto& use : condition.properties) described.properties.push_back({text_of(*use.node), use.types});
    const auto* binary = std::get_if<expr::syntax::Binary>(&condition.node->is);
    for (const auto& [types, profiles] : condition.misfits)
        described.misfits.push_back({std::string(expr::values::type_name(types.first)) + ' ' +
                                         std::string(expr::syntax::symbol(binary->op)) + ' ' +
                                         std::string(expr::values::type_name(types.second)),
                                     profiles});
    return described;
}

/// As many conditions as have room.
void describe_all(const Survey& survey, Explanation& explanation) {
    std::size_t bytes = 0;
    explanation.conditions_left_out = survey.conditions_left_out;
    for (const auto& condition : survey.conditions) {
        if (bytes > kMostConditionText) {
            ++explanation.conditions_left_out;
            continue;
        }
        explanation.conditions.push_back(describe(condition));
        const auto& described = explanation.conditions.back();
        bytes += described.text.size();
        for (const auto& property : described.properties) bytes += property.text.size();
    }
}

expr::evaluation::Context coerced_of(expr::evaluation::Context context) {
    context.semantics.logical_types_refused = false;
    return context;
}

/// Which profiles a query selects. A query that is refused adds why to the advice; then the profiles are those that it
/// would select otherwise.
expr::columns::Bitmap matches_of(const expr::evaluation::Program& program, const expr::columns::ColumnSource& columns,
                                 const expr::evaluation::Context& context, Lines& advice) {
    const expr::columns::Bitmap all(columns.rows(), true);
    auto matches = expr::columns::filter(program, columns, context, all);
    if (matches) return std::move(*matches);
    advice.push_back("the query is refused (where.logical_operands=refuse): " +
                     catalogue::switches::fault_text(matches.error()));
    return expr::columns::filter(program, columns, coerced_of(context), all)
        .value_or(expr::columns::Bitmap(columns.rows(), false));
}

void add_advice(const expr::syntax::Ast& ast, const Survey& survey, const fixtures::profiles::ProfileSet& profiles,
                Lines& advice) {
    for (auto& line : advice_on(ast, survey, profiles)) advice.push_back(std::move(line));
    if (advice.size() > kMostAdvice) {
        advice.resize(kMostAdvice);
        advice.emplace_back("and more of the kind");
    }
    for (auto& line : advice) line = expr::text::shortened(std::move(line), kLongestAdvice);
}

}  // namespace

Expected<Explanation, ExplainError> explain(const space::SnapshotPtr& snapshot, const ExplainQuery& query,
                                            const expr::evaluation::Context& context, std::size_t most_work) {
    auto parsed = expr::syntax::parse(query.where, query.grammar);
    if (!parsed) return unexpected(ExplainError(parsed.error()));
    const auto plan = plan_of(snapshot, query, expr::evaluation::Program(std::move(*parsed)));
    if (!plan) return unexpected(plan.error());
    const auto& set = *plan->profiles;
    const auto row = query.distinct_id ? set.find(*query.distinct_id) : std::nullopt;
    if (query.distinct_id && !row) return unexpected(ExplainError(unknown_profile(set, *query.distinct_id)));

    Explanation explanation;
    explanation.profiles = explanation.matches = explanation.looked_at = set.size();
    const auto& program = plan->where;
    const auto& ast = program.ast();
    if (!ast.root) {
        if (row) explanation.profile = {.distinct_id = *query.distinct_id, .matches = true, .steps = {}};
        return explanation;
    }
    explanation.text = expr::syntax::to_text(*ast.root, kLongestExpression);
    explanation.tree = expr::text::shortened(expr::syntax::to_tree(ast), kLongestExpression);
    explanation.grammar = grammar_notes(ast, query.where);
    if (!query.undeclared_is_zero) advise_undeclared(program, plan->behaviors, explanation.advice);
    if (!plan->behaviors.empty())
        advise_unknown_events(plan->behaviors, *snapshot->project->events, explanation.advice);
    // A mistake in a condition on events refuses the query, but is no reason to explain nothing.
    query::execution::Run run(*plan, coerced_of(context));
    const auto bindings = run.bind(program).value_or(query::execution::Bindings());
    const auto matches =
        matches_of(program, query::execution::BoundColumns(*plan->columns, bindings), context, explanation.advice);
    const auto found = survey(ast, set, bindings, context, matches, most_work);
    explanation.matches = found.matches;
    explanation.looked_at = found.looked_at;
    describe_all(found, explanation);
    if (row) explanation.profile = trace_profile(ast, set, bindings, *row, context);
    add_advice(ast, found, set, explanation.advice);
    return explanation;
}

}  // namespace engage::server::explain
