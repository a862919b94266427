#pragma once

#include <string>

#include "server/query/endpoints/query_request.hpp"

namespace engage::server::query::endpoints {

/// `engage/stats`: one figure or a few about the profiles that the filters select, for all of them or by cohort.
Expected<std::string, catalogue::ApiError> stats(const QueryRequest& request);

}  // namespace engage::server::query::endpoints
