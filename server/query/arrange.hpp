#pragma once

#include <cstdint>
#include <optional>

#include "expr/expected.hpp"
#include "expr/program.hpp"
#include "server/error.hpp"
#include "server/query/matches.hpp"
#include "server/query/ordering.hpp"
#include "server/query/plan.hpp"

namespace engage::server {

/// Puts the matches of a plan, as `execute` gives them, into order and cuts them to the limit: shuffled when there is a
/// `shuffle_seed`, then sorted, so that equal keys keep the order that they had.
Expected<Matches, ApiError> arrange(const Matches& matches, const Ordering& ordering, const QueryPlan& plan,
                                    const expr::Context& context, std::optional<std::uint64_t> shuffle_seed);

}  // namespace engage::server
