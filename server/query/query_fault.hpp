#pragma once

#include "server/error.hpp"
#include "server/query/engage_query.hpp"
#include "server/query/plan.hpp"

namespace engage::server {

/// The refusal of a query, which names the parameter that the operand stands in.
ApiError to_error(const QueryFault& fault, const EngageQuery& query);

}  // namespace engage::server
