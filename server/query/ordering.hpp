#pragma once

#include <cstdint>
#include <optional>

#include "expr/program.hpp"
#include "expr/sort_keys.hpp"
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

}  // namespace engage::server
