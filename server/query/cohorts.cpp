#include "server/query/cohorts.hpp"

#include <algorithm>

#include "expr/json_tree.hpp"
#include "expr/parse.hpp"
#include "fixtures/json_value.hpp"

namespace engage::server {

namespace {

const fixtures::ProfileSet* profiles_of(const fixtures::Project& project, const fixtures::Cohort& cohort) {
    if (!cohort.data_group_id) return project.users.get();
    const auto group = project.groups.find(*cohort.data_group_id);
    return group == project.groups.end() ? nullptr : group->second.get();
}

void split_members(const fixtures::ProfileSet* profiles, const std::vector<std::string>& members, ReadyCohort& ready) {
    for (const auto& id : members) {
        const auto row = profiles ? profiles->find(id) : std::nullopt;
        if (row)
            ready.rows.push_back(*row);
        else
            ready.without_profile.push_back(id);
    }
    std::sort(ready.rows.begin(), ready.rows.end());
    ready.rows.erase(std::unique(ready.rows.begin(), ready.rows.end()), ready.rows.end());
}

/// The expression of a dynamic cohort. The error is a problem of `cohorts.json`.
Expected<expr::Ast, fixtures::Problem> definition_of(const fixtures::Cohort& cohort, expr::Grammar grammar) {
    if (cohort.where) {
        auto ast = expr::parse(*cohort.where, grammar);
        if (ast) return std::move(*ast);
        auto problem = cohort.where_problem_at;
        problem.message = "at character " + std::to_string(expr::characters_before(*cohort.where, ast.error().offset)) +
                          ": " + ast.error().message;
        return unexpected(std::move(problem));
    }
    expr::Arena arena;
    auto ast = expr::parse_tree(fixtures::decode_json(*cohort.selector, arena));
    if (ast) return std::move(*ast);
    auto problem = cohort.selector_at;
    problem.pointer += ast.error().pointer;
    problem.message = std::move(ast.error().message);
    return unexpected(std::move(problem));
}

}  // namespace

Expected<ReadyCohorts, std::vector<fixtures::Problem>> prepare_cohorts(const fixtures::Project& project,
                                                                       expr::Grammar grammar) {
    ReadyCohorts cohorts;
    std::vector<fixtures::Problem> problems;
    for (const auto& cohort : project.cohorts) {
        ReadyCohort ready{.id = cohort.id,
                          .data_group_id = cohort.data_group_id.value_or(""),
                          .program = {},
                          .rows = {},
                          .without_profile = {}};
        if (cohort.where || cohort.selector) {
            auto ast = definition_of(cohort, std::max(grammar, expr::Grammar::kEngage));
            if (!ast) {
                problems.push_back(std::move(ast.error()));
                continue;
            }
            ready.program.emplace(std::move(*ast));
            ready.has_selector = cohort.selector.has_value();
            for (const auto& reference : ready.program->references()) {
                if (reference.scope != expr::Scope::kBehaviors) continue;
                auto problem = cohort.where ? cohort.where_problem_at : cohort.selector_at;
                problem.message = "behaviors[\"" + reference.name + "\"]: behaviors are not emulated yet";
                problems.push_back(std::move(problem));
            }
        }
        if (cohort.members) split_members(profiles_of(project, cohort), *cohort.members, ready);
        cohorts.emplace(cohort.id, std::move(ready));
    }
    if (!problems.empty()) return unexpected(std::move(problems));
    return cohorts;
}

}  // namespace engage::server
