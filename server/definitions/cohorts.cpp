#include "server/definitions/cohorts.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "expr/columns/bitmap.hpp"
#include "server/definitions/definition.hpp"
#include "server/definitions/references.hpp"

namespace engage::server::definitions {

namespace {

const fixtures::profiles::ProfileSet* profiles_of(const fixtures::project::Project& project,
                                                  const fixtures::project::Cohort& cohort) {
    if (!cohort.data_group_id) return project.users.get();
    const auto group = project.groups.find(*cohort.data_group_id);
    return group == project.groups.end() ? nullptr : group->second.get();
}

/// A list of users may name one by several ids; what comes out is the canonical one.
void split_members(const fixtures::project::Project& project, const fixtures::project::Cohort& cohort,
                   ReadyCohort& ready) {
    const auto* const profiles = profiles_of(project, cohort);
    expr::columns::Bitmap rows(profiles ? profiles->size() : 0, false);
    std::unordered_set<std::string_view> others;
    for (const std::string_view member : *cohort.members) {
        const auto id = cohort.data_group_id ? member : project.identities->canonical(member);
        if (const auto row = profiles ? profiles->find(id) : std::nullopt)
            rows.set(*row);
        else if (others.insert(id).second)
            ready.without_profile.emplace_back(id);
    }
    rows.for_each([&](std::size_t row) { ready.rows.push_back(static_cast<fixtures::profiles::RowIndex>(row)); });
}

Expected<ReadyCohort, expr::values::DocumentError> prepare(const fixtures::project::Project& project,
                                                           const fixtures::project::Cohort& cohort,
                                                           expr::syntax::Grammar grammar) {
    ReadyCohort ready{.id = cohort.id, .data_group_id = cohort.data_group_id.value_or("")};
    if (cohort.members) split_members(project, cohort, ready);
    if (!cohort.where && !cohort.selector) return ready;
    auto definition = read_definition({cohort.where, cohort.selector, cohort.behaviors}, grammar);
    if (!definition) return unexpected(std::move(definition.error()));
    ready.program = std::move(definition->program);
    ready.behaviors = std::move(definition->behaviors);
    ready.references = std::move(definition->references);
    ready.has_selector = cohort.selector.has_value();
    return ready;
}

fixtures::files::Problem problem_of(const fixtures::project::Cohort& cohort, const std::string& pointer,
                                    std::string message) {
    auto problem = cohort.at;
    problem.pointer += pointer;
    problem.message = std::move(message);
    return problem;
}

}  // namespace

Expected<ReadyCohorts, std::vector<fixtures::files::Problem>> prepare_cohorts(const fixtures::project::Project& project,
                                                                              expr::syntax::Grammar grammar) {
    ReadyCohorts cohorts;
    std::vector<fixtures::files::Problem> problems;
    for (const auto& cohort : project.cohorts) {
        auto ready = prepare(project, cohort, std::max(grammar, expr::syntax::Grammar::kEngage));
        if (ready)
            cohorts.emplace(cohort.id, std::move(*ready));
        else
            problems.push_back(problem_of(cohort, ready.error().pointer, std::move(ready.error().message)));
    }
    if (!problems.empty()) return unexpected(std::move(problems));
    std::map<std::uint64_t, const fixtures::project::Cohort*> by_id;
    for (const auto& cohort : project.cohorts) by_id.emplace(cohort.id, &cohort);
    for (auto& [id, message] : check_references(cohorts))
        problems.push_back(problem_of(*by_id.at(id), "/selector", std::move(message)));
    if (!problems.empty()) return unexpected(std::move(problems));
    add_referrers(cohorts);
    return cohorts;
}

}  // namespace engage::server::definitions
