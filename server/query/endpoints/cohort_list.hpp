#pragma once

#include <string>

#include "server/query/endpoints/query_request.hpp"

namespace engage::server::query::endpoints {

/// `cohorts/list`: all cohorts of the project, in the order of the fixtures.
Expected<std::string, catalogue::ApiError> cohort_list(const QueryRequest& request);

}  // namespace engage::server::query::endpoints
