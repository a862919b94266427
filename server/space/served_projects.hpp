#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "server/space/snapshot.hpp"
#include "server/time/clock.hpp"

namespace engage::server::space {

/// By project id.
using ServedProjects = std::map<std::uint64_t, ServedProject>;

/// Makes projects ready to be served side by side. The errors are problems of the fixtures: a `where` of a cohort that
/// `grammar` does not read, a project id given twice, and, unless `clock_is_given`, clocks that differ.
Expected<ServedProjects, std::vector<fixtures::files::Problem>> serve_together(
    std::vector<fixtures::project::Project> projects, expr::syntax::Grammar grammar, bool clock_is_given);

/// Where the projects freeze the clock, if one of them does.
std::optional<time::TimePoint> common_clock(const ServedProjects& projects);

}  // namespace engage::server::space
