#pragma once

#include "server/query/endpoints/query_pipeline.hpp"

namespace engage::server::query::endpoints {

/// `stream/query`: the events of some users on some days.
struct StreamEndpoint {
    Expected<std::string, catalogue::ApiError> operator()(const QueryRequest& request) const;
};

}  // namespace engage::server::query::endpoints
