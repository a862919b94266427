#pragma once

#include <string>

#include "server/query/endpoints/query_request.hpp"

namespace engage::server::query::endpoints {

/// `engage/revenue`: what profiles paid, day by day, from their `$transactions`.
Expected<std::string, catalogue::ApiError> revenue(const QueryRequest& request);

}  // namespace engage::server::query::endpoints
