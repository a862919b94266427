#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "expr/evaluation/program.hpp"
#include "expr/expected.hpp"
#include "fixtures/project/project.hpp"
#include "server/definitions/behavior.hpp"

namespace engage::server::definitions {

/// A cohort that is ready for queries: a program with what it reads, or members split by whether they have a profile.
/// With neither it is empty.
struct ReadyCohort {
    std::uint64_t id = 0;                                ///< 0: a query brought its definition.
    std::string data_group_id{};                         ///< Empty: users.
    std::optional<expr::evaluation::Program> program{};  ///< Of a dynamic cohort.
    std::vector<Behavior> behaviors{};                   ///< Of a dynamic cohort: what the program may read.
    std::vector<std::uint64_t> references{};        ///< Of a dynamic cohort: the other cohorts that the program reads.
    bool has_selector = false;                      ///< The program was a JSON tree.
    std::vector<std::uint64_t> direct_referrers{};  ///< The cohorts that refer to it, ascending.
    std::vector<std::uint64_t> referrers{};  ///< Those, and the cohorts that refer to them, and so on; ascending.
    std::vector<fixtures::profiles::RowIndex> rows{};  ///< Of a static cohort, ascending.
    std::vector<std::string> without_profile{};
};

using ReadyCohorts = std::map<std::uint64_t, ReadyCohort>;

/// Reads every definition and looks every member up. The cohorts that a program reads exist, belong to the same data
/// group and do not lead back to it. A cohort of the fixtures is no request: its `where` may use the grammar E even
/// where requests are held to less. The errors are problems of `cohorts.json`.
Expected<ReadyCohorts, std::vector<fixtures::files::Problem>> prepare_cohorts(const fixtures::project::Project& project,
                                                                              expr::syntax::Grammar grammar);

}  // namespace engage::server::definitions
