#pragma once

#include <functional>

#include "server/access/authentication.hpp"
#include "server/access/rate_limiter.hpp"
#include "server/ids.hpp"
#include "server/query/served_projects.hpp"
#include "server/settings.hpp"

namespace engage::server {

/// A request to the query API that was let in. Holds references only.
struct QueryRequest {
    const HttpRequest& http;
    const Parameters& parameters;
    const ServedProject& served;
    TimePoint now;  ///< When it came.
    Evidence& evidence;
};

/// What one endpoint of the query API does with a request that was let in.
struct QueryEndpoint {
    /// The body of the 200, or why there is none.
    std::function<Expected<std::string, ApiError>(const QueryRequest& request)> answer;
    /// Requests with a `session_id` ask for pages of a query that was counted before.
    bool has_sessions = false;
};

/// The way of every request to the query API: authenticate, admit, then whatever its endpoint does. The same
/// credentials, limits, headers and switches of fidelity hold for all endpoints. Holds references only: the App owns
/// everything.
struct QueryPipeline {
    const Authentication& authentication;
    const ServedProjects& projects;
    const Settings& settings;
    RateLimiter& limiter;
    const Clock& clock;
    IdSource& ids;

    HttpResponse run(const HttpRequest& request, const QueryEndpoint& endpoint) const;
    /// By OPTIONS a browser asks whether a page may send the request itself. Nobody has to be known for that.
    HttpResponse preflight(const HttpRequest& request) const;

private:
    Expected<HttpResponse, ApiError> answer(const HttpRequest& request, const QueryEndpoint& endpoint,
                                            Evidence& evidence) const;
};

}  // namespace engage::server
