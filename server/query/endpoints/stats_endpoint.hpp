#pragma once

#include "server/query/endpoints/query_pipeline.hpp"

namespace engage::server::query::endpoints {

/// `engage/stats`: one figure or a few about the profiles that the filters select, for all of them or by cohort.
struct StatsEndpoint {
    const catalogue::Settings& settings;

    Expected<std::string, catalogue::ApiError> operator()(const QueryRequest& request) const;
};

}  // namespace engage::server::query::endpoints
