#pragma once

#include "expr/expected.hpp"
#include "server/catalogue/error.hpp"
#include "server/catalogue/readings.hpp"
#include "server/http/parameters.hpp"
#include "server/space/exchange.hpp"
#include "server/space/space.hpp"

namespace engage::server::query::endpoints {

/// A request to the query API that was let in. Holds references only.
struct QueryRequest {
    const http::HttpRequest& http;
    const http::Parameters& parameters;
    space::Space& space;
    const space::SnapshotPtr& snapshot;  ///< Of its project. Never null.
    time::TimePoint now;                 ///< When it came.
    catalogue::Readings& readings;       ///< Those of `decisions`.
    space::Decisions& decisions;
};

/// What one endpoint of the query API does with a request that was let in: the body of the 200, or why there is none.
using Answer = Expected<std::string, catalogue::ApiError> (*)(const QueryRequest& request);

}  // namespace engage::server::query::endpoints
