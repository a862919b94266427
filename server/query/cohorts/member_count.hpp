#pragma once

#include <cstdint>

#include "expr/expected.hpp"
#include "server/clock.hpp"
#include "server/error.hpp"
#include "server/query/plan.hpp"

namespace engage::server {

/// The `count` that lists of cohorts show: the one of the fixture, or else how many members the cohort has now, those
/// without a profile included.
Expected<std::uint64_t, ApiError> count_members(const fixtures::Cohort& cohort, const ServedProject& served,
                                                TimePoint now, const Switches& switches, Evidence& evidence);

}  // namespace engage::server
