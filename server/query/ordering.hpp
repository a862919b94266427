#pragma once

#include <cstdint>
#include <optional>

#include "expr/program.hpp"
#include "expr/sort_keys.hpp"
#include "server/query/matches.hpp"
#include "server/query/order_parameters.hpp"
#include "server/query/plan.hpp"

namespace engage::server {

/// How matches follow each other, and how many of them count.
struct Ordering {
    std::optional<expr::Program> key;
    expr::Direction direction = expr::Direction::kAscending;
    std::optional<std::uint64_t> limit;
    bool reads_clock = false;  ///< The key says NOW.
};

/// Parses the `sort_key`, which may read the behaviors that the plan declares.
Expected<Ordering, ApiError> make_ordering(const OrderParameters& parameters, const QueryPlan& plan,
                                           const Switches& switches, Evidence& evidence);

/// Puts the matches of a plan, as `execute` gives them, into order and cuts them to the limit: shuffled when there is a
/// `shuffle_seed`, then sorted, so that equal keys keep the order that they had.
Expected<Matches, ApiError> arrange(const Matches& matches, const Ordering& ordering, const QueryPlan& plan,
                                    const expr::Context& context, std::optional<std::uint64_t> shuffle_seed);

}  // namespace engage::server
