#pragma once

#include "server/query/query_pipeline.hpp"

namespace engage::server {

/// `engage/values`: the values that a property has, those of most profiles first.
struct ValuesEndpoint {
    const Settings& settings;

    Expected<std::string, ApiError> operator()(const QueryRequest& request) const;
};

}  // namespace engage::server
