#pragma once

#include "server/ids.hpp"
#include "server/query/matches.hpp"
#include "server/query/ordering.hpp"
#include "server/query/query_pipeline.hpp"
#include "server/query/sessions.hpp"
#include "server/settings.hpp"

namespace engage::server {

/// `engage`: a page of a query's session. Holds references only: the App owns everything.
struct EngageEndpoint {
    const Settings& settings;
    SessionStore& sessions;
    MatchCache& cache;
    IdSource& ids;

    Expected<std::string, ApiError> operator()(const QueryRequest& request) const;

private:
    Expected<SessionPtr, ApiError> session_for(const EngageQuery& query, const ServedProject& served, TimePoint now,
                                               Evidence& evidence) const;
    Expected<SessionPtr, ApiError> run(const EngageQuery& query, const ServedProject& served, TimePoint now,
                                       Evidence& evidence) const;
    /// What the query selects, in the order of the fixtures.
    Expected<MatchesPtr, ApiError> selected(const EngageQuery& query, const QueryPlan& plan,
                                            const expr::Context& context, const std::string& key) const;
    /// The same in the order of the query and cut to its limit. `shuffle_seed`: for `row_order=shuffled`.
    Expected<MatchesPtr, ApiError> arranged(const EngageQuery& query, const QueryPlan& plan, const Ordering& ordering,
                                            const expr::Context& context, const std::string& key,
                                            std::uint64_t shuffle_seed) const;
    std::string page_of(const Session& session, const EngageQuery& query, TimePoint now, Evidence& evidence) const;
};

}  // namespace engage::server
