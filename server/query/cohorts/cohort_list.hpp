#pragma once

#include <string>

#include "server/query/query_pipeline.hpp"
#include "server/settings.hpp"

namespace engage::server {

/// `cohorts/list`: all cohorts of the project, in the order of the fixtures. Holds references only: the App owns
/// everything.
struct CohortList {
    const Settings& settings;

    Expected<std::string, ApiError> operator()(const QueryRequest& request) const;
};

}  // namespace engage::server
