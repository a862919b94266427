#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace engage::test {

/// Replays one `.scenario` file in-process, with a frozen clock, and reports every difference as a failed check that
/// names `file:line`. The language is described in tests/server/scenarios/README.md.
void replay_scenario(const std::filesystem::path& path);

/// Replays without checks and returns the names of all behaviours, switches and errors that the answers said they rest
/// on.
std::set<std::string> evidence_of_scenario(const std::filesystem::path& path);

}  // namespace engage::test
