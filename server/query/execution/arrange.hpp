#pragma once

#include <cstdint>
#include <optional>

#include "expr/evaluation/program.hpp"
#include "expr/expected.hpp"
#include "server/catalogue/error.hpp"
#include "server/query/plan/ordering.hpp"
#include "server/query/plan/plan.hpp"
#include "server/space/matches.hpp"

namespace engage::server::query::execution {

/// Puts the matches of a plan, as `execute` gives them, into order and cuts them to the limit: shuffled when there is a
/// `shuffle_seed`, then sorted, so that equal keys keep the order that they had.
Expected<space::Matches, catalogue::ApiError> arrange(const space::Matches& matches, const plan::Ordering& ordering,
                                                      const plan::QueryPlan& plan,
                                                      const expr::evaluation::Context& context,
                                                      std::optional<std::uint64_t> shuffle_seed);

}  // namespace engage::server::query::execution
