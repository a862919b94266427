#include "server/cli/query.hpp"

#include <iostream>

#include "expr/parse.hpp"
#include "server/cli/projects.hpp"
#include "server/cli/syntax_error.hpp"
#include "server/query/arrange.hpp"
#include "server/query/dialect.hpp"
#include "server/query/execute.hpp"
#include "server/query/ordering.hpp"
#include "server/query/page.hpp"
#include "server/query/plan.hpp"
#include "server/query/query_fault.hpp"

namespace engage::server {

namespace {

void print(const QueryPlan& plan, const Matches& matches, QueryOptions::Output output) {
    using Output = QueryOptions::Output;
    if (output == Output::kCount) {
        std::cout << matches.total() << '\n';
        return;
    }
    for (const auto place : matches.places(0, matches.total())) {
        if (place.is_member()) {
            const auto& id = matches.without_profile[place.member()];
            std::cout << (output == Output::kIds ? id : member_row(id, /*has_properties=*/true)) << '\n';
        } else {
            const auto& profiles = *plan.profiles;
            std::cout << (output == Output::kIds ? profiles.distinct_id(place.row()) : profiles.row(place.row()))
                      << '\n';
        }
    }
}

/// What the options ask for and cannot have, empty if nothing.
std::string problem_of(const QueryOptions& options) {
    if (options.cohort && !options.behaviors.empty()) return "expected one of --cohort and --behaviors, found both";
    if (options.switches.is(SwitchId::kRowOrder, "shuffled"))
        return "--set row_order=shuffled: only sessions of a server have an order of their own";
    return {};
}

}  // namespace

int run(const QueryOptions& options) {
    if (const auto problem = problem_of(options); !problem.empty()) {
        std::cerr << "engage-emulator: " << problem << '\n';
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
    query.search = options.search;
    query.order = options.order;
    Evidence evidence(options.switches);
    const auto refuse = [](const ApiError& error) {
        std::cerr << "engage-emulator: " << message(error) << '\n';
        return kExitUsage;
    };
    const auto plan = make_plan(query, served, options.switches, evidence);
    if (!plan) return refuse(plan.error());
    const auto ordering = make_ordering(query.order, *plan, options.switches, evidence);
    if (!ordering) return refuse(ordering.error());
    auto now = options.now;
    if (!now && served.project->clock) now = *served.project->clock;
    const auto seconds =
        std::chrono::floor<std::chrono::seconds>(now.value_or(Clock().now())).time_since_epoch().count();
    const expr::Context context{
        .now = seconds, .zone = served.project->zone, .semantics = semantics_of(options.switches)};
    const auto matches = execute(*plan, context);
    if (!matches) return refuse(to_error(matches.error(), "--where"));
    const auto ordered = arrange(*matches, *ordering, *plan, context, std::nullopt);
    if (!ordered) return refuse(ordered.error());
    print(*plan, *ordered, options.output);
    return 0;
}

}  // namespace engage::server
