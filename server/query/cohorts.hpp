#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "expr/expected.hpp"
#include "expr/program.hpp"
#include "fixtures/project.hpp"
#include "server/query/behavior.hpp"

namespace engage::server {

/// A cohort of the fixtures, ready for queries: its `where` as a program, or its members split by whether they have a
/// profile.
struct ReadyCohort {
    std::uint64_t id = 0;
    std::string data_group_id;             ///< Empty: users.
    std::optional<expr::Program> program;  ///< Of a dynamic cohort.
    std::vector<Behavior> behaviors{};     ///< Of a dynamic cohort: what the program may read.
    bool has_selector = false;             ///< The program was a JSON tree.
    std::vector<fixtures::RowIndex> rows;  ///< Of a static cohort, ascending.
    std::vector<std::string> without_profile;
};

using ReadyCohorts = std::map<std::uint64_t, ReadyCohort>;

/// Parses every `where` and looks every member up. A cohort of the fixtures is no request: its `where` may use the
/// grammar E even where requests are held to less. The errors are problems of `cohorts.json`, all at once.
Expected<ReadyCohorts, std::vector<fixtures::Problem>> prepare_cohorts(const fixtures::Project& project,
                                                                       expr::Grammar grammar);

}  // namespace engage::server
