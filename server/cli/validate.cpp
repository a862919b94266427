#include "server/cli/validate.hpp"

#include <ostream>
#include <string>
#include <string_view>

#include "server/catalogue/switches/dialect.hpp"
#include "server/query/execution/member_count.hpp"
#include "server/running/projects.hpp"
#include "server/space/projects.hpp"

namespace engage::server::cli {

namespace {

std::string counted(std::size_t count, std::string_view noun) {
    return std::to_string(count) + ' ' + std::string(noun) + (count == 1 ? "" : "s");
}

/// What a cohort has now, whatever `count` the fixture gives it.
std::string members_of(const space::SnapshotPtr& snapshot, const fixtures::project::Cohort& cohort,
                       query::execution::MemberCounts& counts) {
    const auto& ready = snapshot->cohorts.at(cohort.id);
    if (cohort.members) {
        const auto without_profile = ready.without_profile.size();
        const auto members = counted(ready.rows.size() + without_profile, "member");
        return without_profile == 0 ? members
                                    : members + ", " + std::to_string(without_profile) + " of them without a profile";
    }
    if (!ready.program) return "no definition, always empty";
    auto uncounted = cohort;
    uncounted.count.reset();
    const auto count = counts.of(uncounted);
    return count ? counted(*count, "member") + " now" : "refused: " + catalogue::message(count.error());
}

void print_events(const fixtures::project::Project& project, std::ostream& output) {
    const auto& events = *project.events;
    const auto clusters = project.identities->clusters().size();
    if (events.size() > 0)
        output << "  " << counted(events.size(), "event") << " of " << counted(events.actor_count(), "user") << ", "
               << counted(events.names().size(), "name") << '\n';
    if (clusters > 0) output << "  " << counted(clusters, "user") << " with more than one id\n";
}

void print(const space::SnapshotPtr& snapshot, const catalogue::Switches& switches, std::ostream& output) {
    const auto& project = *snapshot->project;
    output << "project " << project.project_id << " \"" << project.name
           << "\": " << counted(project.users->size(), "profile") << '\n';
    print_events(project, output);
    for (const auto& group : project.data_groups) {
        const auto profiles = project.groups.find(group.data_group_id);
        const auto count = profiles == project.groups.end() ? 0 : profiles->second->size();
        output << "  data group " << group.data_group_id << " \"" << group.property_name
               << "\": " << counted(count, "profile") << '\n';
    }
    const time::TimePoint now = project.clock ? time::TimePoint(*project.clock) : time::Clock().now();
    catalogue::Readings readings(switches);
    query::execution::MemberCounts counts(snapshot, now, readings);
    for (const auto& cohort : project.cohorts)
        output << "  cohort " << cohort.id << " \"" << cohort.name << "\": " << members_of(snapshot, cohort, counts)
               << '\n';
}

}  // namespace

int run(const ValidateOptions& options, std::ostream& output, std::ostream& errors) {
    auto projects = running::load_projects(options.fixtures, errors);
    if (!projects) return kExitUsage;
    const auto served = space::serve_together(std::move(*projects), catalogue::switches::grammar_of(options.switches),
                                              /*clock_is_given=*/false);
    if (!served) {
        running::print_problems(served.error(), errors);
        return kExitUsage;
    }
    for (const auto& [id, snapshot] : *served) print(snapshot, options.switches, output);
    return 0;
}

}  // namespace engage::server::cli
