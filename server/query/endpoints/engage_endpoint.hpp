#pragma once

#include <string>

#include "server/query/endpoints/query_request.hpp"

namespace engage::server::query::endpoints {

/// `engage`: a page of a query's session.
Expected<std::string, catalogue::ApiError> engage(const QueryRequest& request);

}  // namespace engage::server::query::endpoints
