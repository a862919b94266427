#pragma once

#include <string>

#include "server/query/endpoints/query_request.hpp"

namespace engage::server::query::endpoints {

/// `stream/query`: the events of some users on some days.
Expected<std::string, catalogue::ApiError> stream(const QueryRequest& request);

}  // namespace engage::server::query::endpoints
