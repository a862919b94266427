#include "server/space/snapshot.hpp"

#include <atomic>

namespace engage::server::space {

namespace {

std::uint64_t next_version() {
    static std::atomic<std::uint64_t> versions = 0;
    return ++versions;
}

}  // namespace

Snapshot::Snapshot(std::shared_ptr<const fixtures::project::Project> loaded, definitions::ReadyCohorts ready)
    : version(next_version()), project(std::move(loaded)), cohorts(std::move(ready)) {
    const auto add = [&](const std::shared_ptr<const fixtures::profiles::ProfileSet>& profiles) {
        columns.emplace(profiles.get(), std::make_shared<const fixtures::profiles::ColumnStore>(profiles));
        derived_[profiles.get()];
    };
    add(project->users);
    for (const auto& [id, profiles] : project->groups) add(profiles);
    events = std::make_shared<const EventStore>(project, columns.at(project->users.get()));
}

}  // namespace engage::server::space
