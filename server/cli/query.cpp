#include "server/cli/query.hpp"

#include <iostream>

#include "expr/syntax/parse.hpp"
#include "server/catalogue/switches/answers.hpp"
#include "server/catalogue/switches/dialect.hpp"
#include "server/cli/syntax_error.hpp"
#include "server/query/endpoints/page.hpp"
#include "server/query/execution/query_fault.hpp"
#include "server/query/execution/run.hpp"
#include "server/query/plan/ordering.hpp"
#include "server/query/plan/plan.hpp"
#include "server/running/projects.hpp"

namespace engage::server::cli {

namespace {

void print(const query::plan::QueryPlan& plan, const space::Matches& matches, QueryOptions::Output output) {
    using Output = QueryOptions::Output;
    if (output == Output::kCount) {
        std::cout << matches.total() << '\n';
        return;
    }
    for (const auto place : matches.places(0, matches.total())) {
        if (place.is_member()) {
            const auto& id = matches.without_profile[place.member()];
            std::cout << (output == Output::kIds ? id : query::endpoints::member_row(id, /*has_properties=*/true))
                      << '\n';
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
    if (options.switches.choice(catalogue::switches::kRowOrder) == catalogue::switches::RowOrder::kShuffled)
        return "--set row_order=shuffled: only sessions of a server have an order of their own";
    return {};
}

}  // namespace

int run(const QueryOptions& options) {
    if (const auto problem = problem_of(options); !problem.empty()) {
        std::cerr << "engage-emulator: " << problem << '\n';
        return kExitUsage;
    }
    if (const auto ast = expr::syntax::parse(options.where, catalogue::switches::grammar_of(options.switches)); !ast) {
        std::cerr << describe_syntax_error("--where: ", options.where, ast.error());
        return kExitUsage;
    }
    auto projects = running::load_projects(
        options.fixtures.empty() ? std::vector<std::string>{} : std::vector{options.fixtures}, std::cerr);
    if (!projects) return kExitUsage;
    auto cohorts = definitions::prepare_cohorts(projects->front(), catalogue::switches::grammar_of(options.switches));
    if (!cohorts) {
        running::print_problems(cohorts.error(), std::cerr);
        return kExitUsage;
    }
    const auto snapshot = std::make_shared<const space::Snapshot>(
        std::make_shared<const fixtures::project::Project>(std::move(projects->front())), std::move(*cohorts));
    query::request::EngageQuery query;
    query.where = options.where;
    query.behaviors = options.behaviors;
    query.as_of = options.as_of;
    if (options.cohort) query.cohort = query::request::CohortFilter{.id = options.cohort};
    query.data_group_id = options.data_group_id;
    query.search = options.search;
    query.order = options.order;
    catalogue::Readings readings(options.switches);
    const auto refuse = [](const catalogue::ApiError& error) {
        std::cerr << "engage-emulator: " << catalogue::message(error) << '\n';
        return kExitUsage;
    };
    const auto plan = query::plan::make_plan(query, snapshot, readings);
    if (!plan) return refuse(plan.error());
    const auto ordering = query::plan::make_ordering(query.order, *plan, readings);
    if (!ordering) return refuse(ordering.error());
    auto now = options.now;
    if (!now && snapshot->project->clock) now = *snapshot->project->clock;
    query::execution::Run query_run(*plan, catalogue::switches::context_of(now.value_or(time::Clock().now()),
                                                                           snapshot->project->zone, options.switches));
    const auto matches = query_run.select();
    if (!matches) return refuse(query::execution::to_error(matches.error(), "--where"));
    const auto ordered = query_run.arrange(*matches, *ordering);
    if (!ordered) return refuse(ordered.error());
    print(*plan, *ordered, options.output);
    return 0;
}

}  // namespace engage::server::cli
