#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "server/access/authentication.hpp"
#include "server/space/snapshot.hpp"
#include "server/time/clock.hpp"

namespace engage::server::space {

/// The current snapshots of all projects, by project id.
using Snapshots = std::map<std::uint64_t, SnapshotPtr>;

/// What a space serves at one moment: the projects side by side, and who may ask for which. Immutable; a request takes
/// it once.
struct Projects {
    Snapshots snapshots;
    access::Authentication authentication;

    /// Null when nobody serves the project.
    SnapshotPtr find(std::uint64_t project_id) const;
};

using ProjectsPtr = std::shared_ptr<const Projects>;

/// Makes loaded projects ready to be served side by side. The errors are problems of the fixtures: a `where` of a
/// cohort that `grammar` does not read, a project id given twice, and, unless `clock_is_given`, clocks that differ.
Expected<Snapshots, std::vector<fixtures::files::Problem>> serve_together(
    std::vector<fixtures::project::Project> projects, expr::syntax::Grammar grammar, bool clock_is_given);

/// Where the projects freeze the clock, if one of them does.
std::optional<time::TimePoint> common_clock(const Snapshots& projects);

}  // namespace engage::server::space
