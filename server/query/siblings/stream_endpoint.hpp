#pragma once

#include "server/query/query_pipeline.hpp"

namespace engage::server {

/// `stream/query`: the events of some users on some days.
struct StreamEndpoint {
    Expected<std::string, ApiError> operator()(const QueryRequest& request) const;
};

}  // namespace engage::server
