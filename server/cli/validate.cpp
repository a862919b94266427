#include "server/cli/validate.hpp"

#include <iostream>

#include "server/cli/projects.hpp"
#include "server/query/dialect.hpp"
#include "server/query/served_projects.hpp"

namespace engage::server {

namespace {

constexpr std::string_view plural(std::size_t count) { return count == 1 ? "" : "s"; }

void print_cohort(const ServedProject& served, const fixtures::Cohort& cohort, const expr::Context& context,
                  const Switches& switches) {
    const auto& ready = served.cohorts.at(cohort.id);
    std::cout << "  cohort " << cohort.id << " \"" << cohort.name << "\": ";
    if (cohort.members) {
        std::cout << ready.rows.size() + ready.without_profile.size() << " member"
                  << plural(ready.rows.size() + ready.without_profile.size());
        if (!ready.without_profile.empty())
            std::cout << ", " << ready.without_profile.size() << " of them without a profile";
    } else if (ready.program) {
        EngageQuery query;
        query.cohort = CohortFilter{.id = cohort.id};
        query.data_group_id = cohort.data_group_id.value_or("");
        Evidence evidence(switches);
        const auto plan = make_plan(query, served, switches, evidence);
        const auto matches = execute(plan.value(), context);
        if (matches)
            std::cout << matches->total() << " profiles match now";
        else
            std::cout << "refused, " << fault_text(matches.error().operand);
    } else {
        std::cout << "no definition, always empty";
    }
    std::cout << '\n';
}

void print_events(const fixtures::Project& project) {
    const auto& events = *project.events;
    const auto clusters = project.identities->clusters().size();
    if (events.size() > 0)
        std::cout << "  " << events.size() << " event" << plural(events.size()) << " of " << events.actor_count()
                  << " user" << plural(events.actor_count()) << ", " << events.names().size() << " name"
                  << plural(events.names().size()) << '\n';
    if (clusters > 0) std::cout << "  " << clusters << " user" << plural(clusters) << " with more than one id\n";
}

void print(const ServedProject& served, const Switches& switches) {
    const auto& project = *served.project;
    std::cout << "project " << project.project_id << " \"" << project.name << "\": " << project.users->size()
              << " profile" << plural(project.users->size()) << '\n';
    print_events(project);
    for (const auto& group : project.data_groups) {
        const auto profiles = project.groups.find(group.data_group_id);
        const auto count = profiles == project.groups.end() ? 0 : profiles->second->size();
        std::cout << "  data group " << group.data_group_id << " \"" << group.property_name << "\": " << count
                  << " profile" << plural(count) << '\n';
    }
    const TimePoint now = project.clock ? TimePoint(*project.clock) : Clock().now();
    const expr::Context context{.now = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count(),
                                .zone = project.zone,
                                .semantics = semantics_of(switches)};
    for (const auto& cohort : project.cohorts) print_cohort(served, cohort, context, switches);
}

}  // namespace

int run(const ValidateOptions& options) {
    auto projects = load_projects(options.fixtures, std::cerr);
    if (!projects) return kExitUsage;
    const auto served = serve_together(std::move(*projects), grammar_of(options.switches), /*clock_is_given=*/false);
    if (!served) {
        print_problems(served.error(), std::cerr);
        return kExitUsage;
    }
    for (const auto& [id, project] : *served) print(project, options.switches);
    return 0;
}

}  // namespace engage::server
