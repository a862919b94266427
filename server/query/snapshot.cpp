#include "server/query/snapshot.hpp"

namespace engage::server {

ServedProject::ServedProject(std::shared_ptr<const fixtures::Project> served, ReadyCohorts ready)
    : project(std::move(served)), cohorts(std::move(ready)) {
    const auto add = [&](const std::shared_ptr<const fixtures::ProfileSet>& profiles) {
        columns.emplace(profiles.get(), std::make_shared<const fixtures::ColumnStore>(profiles));
    };
    add(project->users);
    for (const auto& [id, profiles] : project->groups) add(profiles);
    events = std::make_shared<const EventStore>(project, columns.at(project->users.get()));
}

}  // namespace engage::server
