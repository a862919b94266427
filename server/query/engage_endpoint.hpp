#pragma once

#include <functional>

#include "server/access/authentication.hpp"
#include "server/access/rate_limiter.hpp"
#include "server/ids.hpp"
#include "server/query/sessions.hpp"
#include "server/settings.hpp"

namespace engage::server {

/// `/api/query/engage`: the whole pipeline from the raw request to the answer. Holds references only: the App owns
/// everything.
struct EngageEndpoint {
    const Authentication& authentication;
    const std::map<std::uint64_t, ServedProject>& projects;
    const Settings& settings;
    RateLimiter& limiter;
    SessionStore& sessions;
    MatchCache& cache;
    const Clock& clock;
    IdSource& ids;

    HttpResponse operator()(const HttpRequest& request) const;

private:
    Expected<HttpResponse, ApiError> answer(const HttpRequest& request, TimePoint now, Evidence& evidence) const;
    Expected<SessionPtr, ApiError> session_for(const EngageQuery& query, const ServedProject& served, TimePoint now,
                                               Evidence& evidence) const;
    Expected<SessionPtr, ApiError> run(const EngageQuery& query, const ServedProject& served, TimePoint now,
                                       Evidence& evidence) const;
    Expected<MatchesPtr, ApiError> matches_of(const EngageQuery& query, const QueryPlan& plan,
                                              const ServedProject& served, TimePoint now) const;
    HttpResponse page_response(const Session& session, const EngageQuery& query, TimePoint now,
                               Evidence& evidence) const;
};

}  // namespace engage::server
