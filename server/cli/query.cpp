#include "server/cli/query.hpp"

#include <iostream>

#include "expr/parse.hpp"
#include "server/cli/projects.hpp"
#include "server/cli/syntax_error.hpp"
#include "server/query/dialect.hpp"
#include "server/query/page.hpp"
#include "server/query/plan.hpp"

namespace engage::server {

namespace {

void print(const QueryPlan& plan, const Matches& matches, QueryOptions::Output output) {
    using Output = QueryOptions::Output;
    if (output == Output::kCount) {
        std::cout << matches.total() << '\n';
        return;
    }
    for (const auto row : matches.rows.slice(0, matches.rows.size()))
        std::cout << (output == Output::kIds ? plan.profiles->distinct_id(row) : plan.profiles->row(row)) << '\n';
    for (const auto& id : matches.without_profile) {
        if (output == Output::kIds)
            std::cout << id << '\n';
        else
            std::cout << member_row(id, /*has_properties=*/true) << '\n';
    }
}

const char* place_of(QueryFault::In in) {
    if (in == QueryFault::In::kCohort) return "the cohort: ";
    return in == QueryFault::In::kBehaviors ? "--behaviors: " : "--where: ";
}

}  // namespace

int run(const QueryOptions& options) {
    if (options.cohort && !options.behaviors.empty()) {
        std::cerr << "engage-emulator: expected one of --cohort and --behaviors, found both\n";
        return kExitUsage;
    }
    if (const auto ast = expr::parse(options.where, grammar_of(options.switches)); !ast) {
        std::cerr << describe_syntax_error("--where: ", options.where, ast.error());
        return kExitUsage;
    }
    auto projects =
        load_projects(options.fixtures.empty() ? std::vector<std::string>{} : std::vector{options.fixtures}, std::cerr);
    if (!projects) return kExitUsage;
    auto cohorts = prepare_cohorts(projects->front(), grammar_of(options.switches));
    if (!cohorts) {
        print_problems(cohorts.error(), std::cerr);
        return kExitUsage;
    }
    const ServedProject served(std::make_shared<const fixtures::Project>(std::move(projects->front())),
                               std::move(*cohorts));
    EngageQuery query;
    query.where = options.where;
    query.behaviors = options.behaviors;
    query.as_of = options.as_of;
    if (options.cohort) query.cohort = CohortFilter{.id = options.cohort};
    query.data_group_id = options.data_group_id;
    Evidence evidence(options.switches);
    const auto plan = make_plan(query, served, options.switches, evidence);
    if (!plan) {
        std::cerr << "engage-emulator: " << message(plan.error()) << '\n';
        return kExitUsage;
    }
    auto now = options.now;
    if (!now && served.project->clock) now = *served.project->clock;
    const auto seconds =
        std::chrono::floor<std::chrono::seconds>(now.value_or(Clock().now())).time_since_epoch().count();
    const auto matches =
        execute(*plan, {.now = seconds, .zone = served.project->zone, .semantics = semantics_of(options.switches)});
    if (!matches) {
        std::cerr << "engage-emulator: " << place_of(matches.error().in) << fault_text(matches.error().operand) << '\n';
        return kExitUsage;
    }
    print(*plan, *matches, options.output);
    return 0;
}

}  // namespace engage::server
