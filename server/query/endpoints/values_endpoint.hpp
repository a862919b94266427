#pragma once

#include <string>

#include "server/query/endpoints/query_request.hpp"

namespace engage::server::query::endpoints {

/// `engage/values`: the most frequent values of a property, as texts.
Expected<std::string, catalogue::ApiError> values(const QueryRequest& request);

}  // namespace engage::server::query::endpoints
