#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "fixtures/project/project.hpp"

namespace engage::server::running {

/// Reads the projects of the directories, or the built-in demo when there are none. Nothing when there are problems,
/// which are printed to `errors`, one a line.
std::optional<std::vector<fixtures::project::Project>> load_projects(const std::vector<std::string>& directories,
                                                                     std::ostream& errors);

void print_problems(const std::vector<fixtures::files::Problem>& problems, std::ostream& errors);

}  // namespace engage::server::running
