#pragma once

#include <string>

#include "server/query/endpoints/query_request.hpp"

namespace engage::server::query::endpoints {

/// `engage/properties`: which properties profiles have, of which type, and how many have each.
Expected<std::string, catalogue::ApiError> properties(const QueryRequest& request);

}  // namespace engage::server::query::endpoints
