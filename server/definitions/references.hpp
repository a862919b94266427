#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/definitions/cohorts.hpp"

namespace engage::server::definitions {

/// Most cohorts that refer to each other in a row: evaluation follows them one inside the other.
inline constexpr std::size_t kLongestChain = 100;

/// What is wrong with a reference to the cohort `id` from profiles of a data group (empty: users): it does not exist,
/// or it is of another group. Empty if nothing.
std::string reference_problem(std::uint64_t id, std::string_view data_group_id, const ReadyCohorts& cohorts);

/// A cohort, and what is wrong with what it refers to.
using ReferenceProblem = std::pair<std::uint64_t, std::string>;

/// What is wrong with the references between cohorts. Empty: each can be evaluated after those that it refers to.
std::vector<ReferenceProblem> check_references(const ReadyCohorts& cohorts);

/// Tells each cohort who refers to it. The references must be free of problems.
void add_referrers(ReadyCohorts& cohorts);

}  // namespace engage::server::definitions
