#pragma once

#include "server/query/query_pipeline.hpp"

namespace engage::server {

/// `engage/stats`: one figure or a few about the profiles that the filters select, for all of them or by cohort.
struct StatsEndpoint {
    const Settings& settings;

    Expected<std::string, ApiError> operator()(const QueryRequest& request) const;
};

}  // namespace engage::server
