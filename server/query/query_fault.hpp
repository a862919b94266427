#pragma once

#include <string>

#include "server/error.hpp"
#include "server/query/plan.hpp"

namespace engage::server {

/// The refusal of a query, which names where the operand stands; `parameter` holds the query's own expression.
ApiError to_error(const QueryFault& fault, const std::string& parameter);

}  // namespace engage::server
