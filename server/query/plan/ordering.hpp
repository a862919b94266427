#pragma once

#include <cstdint>
#include <optional>

#include "expr/columns/sort_keys.hpp"
#include "expr/evaluation/program.hpp"
#include "server/query/plan/plan.hpp"
#include "server/query/request/order_parameters.hpp"

namespace engage::server::query::plan {

/// How matches follow each other, and how many of them count.
struct Ordering {
    std::optional<expr::evaluation::Program> key;
    expr::columns::Direction direction = expr::columns::Direction::kAscending;
    std::optional<std::uint64_t> limit;
    bool reads_clock = false;  ///< The key says NOW.
};

/// Parses the `sort_key`, which may read the behaviors that the plan declares.
Expected<Ordering, catalogue::ApiError> make_ordering(const request::OrderParameters& parameters, const QueryPlan& plan,
                                                      catalogue::Readings& readings);

}  // namespace engage::server::query::plan
