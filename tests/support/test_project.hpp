#pragma once

#include <string>
#include <utility>
#include <vector>

#include "fixtures/project/project.hpp"

namespace engage::test {

/// Loads a project from file texts: `{{"project.json", "…"}, {"profiles.ndjson", "…"}}`. Throws with all problems when
/// there are any.
fixtures::project::Project load(const std::vector<std::pair<std::string, std::string>>& files);

/// Project 1 with the service account `sa:secret`, the api secret `topsecret` and `count` profiles `p0001`, `p0002`, …
/// that have `n` (1, 2, …) and `even` (true or false).
fixtures::project::Project numbered_project(std::size_t count, std::uint64_t project_id = 1);

/// The id of the n-th profile of a numbered project, from 1.
std::string numbered_id(std::size_t n);

/// The committed project of that name below tests/server/projects.
fixtures::project::Project committed_project(const std::string& name);

}  // namespace engage::test
