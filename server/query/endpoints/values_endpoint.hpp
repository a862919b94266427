#pragma once

#include "server/query/endpoints/query_pipeline.hpp"

namespace engage::server::query::endpoints {

/// `engage/values`: the values that a property has, those of most profiles first.
struct ValuesEndpoint {
    const catalogue::Settings& settings;

    Expected<std::string, catalogue::ApiError> operator()(const QueryRequest& request) const;
};

}  // namespace engage::server::query::endpoints
