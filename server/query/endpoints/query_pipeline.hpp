#pragma once

#include "server/http/message.hpp"
#include "server/query/endpoints/query_request.hpp"
#include "server/space/exchange.hpp"

namespace engage::server::query::endpoints {

/// The way of every request to the query API: authenticate, admit, then whatever its endpoint does. The same
/// credentials, limits, headers and switches of fidelity hold for all endpoints. `has_sessions`: requests with a
/// `session_id` ask for pages of a query that was counted before.
http::HttpResponse run(const space::Call& call, Answer answer, bool has_sessions);

/// By OPTIONS a browser asks whether a page may send the request itself. Nobody has to be known for that.
http::HttpResponse preflight(const space::Call& call);

}  // namespace engage::server::query::endpoints
