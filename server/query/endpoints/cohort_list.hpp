#pragma once

#include <string>

#include "server/catalogue/settings.hpp"
#include "server/query/endpoints/query_pipeline.hpp"

namespace engage::server::query::endpoints {

/// `cohorts/list`: all cohorts of the project, in the order of the fixtures. Holds references only: the App owns
/// everything.
struct CohortList {
    const catalogue::Settings& settings;

    Expected<std::string, catalogue::ApiError> operator()(const QueryRequest& request) const;
};

}  // namespace engage::server::query::endpoints
