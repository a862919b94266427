#pragma once

#include <functional>

#include "server/access/authentication.hpp"
#include "server/access/rate_limiter.hpp"
#include "server/catalogue/settings.hpp"
#include "server/space/ids.hpp"
#include "server/space/served_projects.hpp"

namespace engage::server::query::endpoints {

/// A request to the query API that was let in. Holds references only.
struct QueryRequest {
    const http::HttpRequest& http;
    const http::Parameters& parameters;
    const space::ServedProject& served;
    time::TimePoint now;  ///< When it came.
    catalogue::Readings& readings;
};

/// What one endpoint of the query API does with a request that was let in.
struct QueryEndpoint {
    /// The body of the 200, or why there is none.
    std::function<Expected<std::string, catalogue::ApiError>(const QueryRequest& request)> answer;
    /// Requests with a `session_id` ask for pages of a query that was counted before.
    bool has_sessions = false;
};

/// The way of every request to the query API: authenticate, admit, then whatever its endpoint does. The same
/// credentials, limits, headers and switches of fidelity hold for all endpoints. Holds references only: the App owns
/// everything.
struct QueryPipeline {
    const access::Authentication& authentication;
    const space::ServedProjects& projects;
    const catalogue::Settings& settings;
    access::RateLimiter& limiter;
    const time::Clock& clock;
    space::IdSource& ids;

    http::HttpResponse run(const http::HttpRequest& request, const QueryEndpoint& endpoint) const;
    /// By OPTIONS a browser asks whether a page may send the request itself. Nobody has to be known for that.
    http::HttpResponse preflight(const http::HttpRequest& request) const;

private:
    Expected<http::HttpResponse, catalogue::ApiError> answer(const http::HttpRequest& request,
                                                             const QueryEndpoint& endpoint,
                                                             catalogue::Readings& readings) const;
};

}  // namespace engage::server::query::endpoints
