#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "expr/evaluation/program.hpp"
#include "server/catalogue/error.hpp"

namespace engage::server::query::execution {

/// An operand that `where.logical_operands=refuse` forbids, and the expression that it stands in: that of the query
/// unless a cohort or a behavior is named. With both it is a behavior of the cohort.
struct QueryFault {
    expr::evaluation::LogicalFault operand;
    std::optional<std::uint64_t> cohort{};  ///< Its id; 0: the query brought its definition.
    std::string behavior{};                 ///< Its name; empty: none.
};

/// The refusal of a query, which names where the operand stands; `parameter` holds the query's own expression.
catalogue::ApiError to_error(const QueryFault& fault, const std::string& parameter);

}  // namespace engage::server::query::execution
