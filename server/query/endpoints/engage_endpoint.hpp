#pragma once

#include "server/catalogue/settings.hpp"
#include "server/query/endpoints/query_pipeline.hpp"
#include "server/query/plan/ordering.hpp"
#include "server/space/ids.hpp"
#include "server/space/matches.hpp"
#include "server/space/sessions.hpp"

namespace engage::server::query::endpoints {

/// `engage`: a page of a query's session. Holds references only: the App owns everything.
struct EngageEndpoint {
    const catalogue::Settings& settings;
    space::SessionStore& sessions;
    space::MatchCache& cache;
    space::IdSource& ids;

    Expected<std::string, catalogue::ApiError> operator()(const QueryRequest& request) const;

private:
    Expected<space::SessionPtr, catalogue::ApiError> session_for(const request::EngageQuery& query,
                                                                 const space::ServedProject& served,
                                                                 time::TimePoint now,
                                                                 catalogue::Readings& readings) const;
    Expected<space::SessionPtr, catalogue::ApiError> run(const request::EngageQuery& query,
                                                         const space::ServedProject& served, time::TimePoint now,
                                                         catalogue::Readings& readings) const;
    /// What the query selects, in the order of the fixtures.
    Expected<space::MatchesPtr, catalogue::ApiError> selected(const request::EngageQuery& query,
                                                              const plan::QueryPlan& plan,
                                                              const expr::evaluation::Context& context,
                                                              const std::string& key) const;
    /// The same in the order of the query and cut to its limit. `shuffle_seed`: for `row_order=shuffled`.
    Expected<space::MatchesPtr, catalogue::ApiError> arranged(const request::EngageQuery& query,
                                                              const plan::QueryPlan& plan,
                                                              const plan::Ordering& ordering,
                                                              const expr::evaluation::Context& context,
                                                              const std::string& key, std::uint64_t shuffle_seed) const;
    std::string page_of(const space::Session& session, const request::EngageQuery& query, time::TimePoint now,
                        catalogue::Readings& readings) const;
};

}  // namespace engage::server::query::endpoints
