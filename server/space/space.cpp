#include "server/space/space.hpp"

#include <utility>

namespace engage::server::space {

Space::Space(const catalogue::Settings& chosen)
    : settings(chosen), clock(chosen.clock), ids(chosen.seed), limiter(chosen.switches), sessions(chosen.switches) {}

ProjectsPtr Space::projects() const {
    const std::scoped_lock lock(mutex_);
    return projects_;
}

SnapshotPtr Space::current(std::uint64_t project_id) const {
    const auto now = projects();
    return now ? now->find(project_id) : nullptr;
}

ProjectsPtr Space::made_of(Snapshots snapshots) const {
    std::vector<access::ProjectPtr> list;
    for (const auto& [id, snapshot] : snapshots) list.push_back(snapshot->project);
    return std::make_shared<const Projects>(Projects{
        std::move(snapshots), access::Authentication(std::move(list), settings.auth_required, settings.switches)});
}

void Space::publish(Snapshots snapshots) {
    const std::scoped_lock one_by_one(publishing_);
    auto next = made_of(std::move(snapshots));
    const std::scoped_lock lock(mutex_);
    projects_.swap(next);
}

void Space::publish(SnapshotPtr snapshot) {
    const std::scoped_lock one_by_one(publishing_);
    const auto before = projects();
    auto snapshots = before ? before->snapshots : Snapshots{};
    const auto id = snapshot->project->project_id;
    snapshots.insert_or_assign(id, std::move(snapshot));
    auto next = made_of(std::move(snapshots));
    const std::scoped_lock lock(mutex_);
    projects_.swap(next);
}

void Space::reset() {
    sessions.reset();
    cache.reset();
    limiter.reset();
    clock.reset();
}

}  // namespace engage::server::space
