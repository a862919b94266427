#include "server/space/projects.hpp"

namespace engage::server::space {

namespace {

using fixtures::files::Problem;

Problem problem_of(const fixtures::project::Project& project, std::string pointer, std::string message) {
    return {project.directory + "/project.json", 0, std::move(pointer), std::move(message)};
}

}  // namespace

SnapshotPtr Projects::find(std::uint64_t project_id) const {
    const auto found = snapshots.find(project_id);
    return found == snapshots.end() ? nullptr : found->second;
}

Expected<Snapshots, std::vector<Problem>> serve_together(std::vector<fixtures::project::Project> projects,
                                                         expr::syntax::Grammar grammar, bool clock_is_given) {
    Snapshots served;
    std::vector<Problem> problems;
    for (auto& project : projects) {
        const auto id = project.project_id;
        if (const auto earlier = served.find(id); earlier != served.end())
            problems.push_back(
                problem_of(project, "/project_id",
                           std::to_string(id) + " is also the id of " + earlier->second->project->directory));
        const auto clock = common_clock(served);
        if (!clock_is_given && project.clock && clock && *clock != *project.clock)
            problems.push_back(
                problem_of(project, "/clock", "another project freezes the one clock at another time; use --clock"));
        auto cohorts = definitions::prepare_cohorts(project, grammar);
        if (!cohorts) problems.insert(problems.end(), cohorts.error().begin(), cohorts.error().end());
        if (!cohorts) continue;
        auto shared = std::make_shared<const fixtures::project::Project>(std::move(project));
        served.insert_or_assign(id, std::make_shared<const Snapshot>(std::move(shared), std::move(*cohorts)));
    }
    if (!problems.empty()) return unexpected(std::move(problems));
    return served;
}

std::optional<time::TimePoint> common_clock(const Snapshots& projects) {
    for (const auto& [id, served] : projects)
        if (served->project->clock) return time::TimePoint(*served->project->clock);
    return std::nullopt;
}

}  // namespace engage::server::space
