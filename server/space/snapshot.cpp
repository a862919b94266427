#include "server/space/snapshot.hpp"

namespace engage::server::space {

ServedProject::ServedProject(std::shared_ptr<const fixtures::project::Project> served, definitions::ReadyCohorts ready)
    : project(std::move(served)), cohorts(std::move(ready)) {
    const auto add = [&](const std::shared_ptr<const fixtures::profiles::ProfileSet>& profiles) {
        columns.emplace(profiles.get(), std::make_shared<const fixtures::profiles::ColumnStore>(profiles));
    };
    add(project->users);
    for (const auto& [id, profiles] : project->groups) add(profiles);
    events = std::make_shared<const EventStore>(project, columns.at(project->users.get()));
}

}  // namespace engage::server::space
