#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "expr/evaluation/program.hpp"
#include "server/query/endpoints/query_request.hpp"
#include "server/query/execution/run.hpp"
#include "server/query/request/query_key.hpp"

namespace engage::server::query::endpoints {

/// A query of one request, its key, and what became of it in the project.
struct PlannedQuery {
    const request::EngageQuery& query;
    const request::QueryKey& key;
    const plan::QueryPlan& plan;
    const plan::Ordering& ordering;
};

/// Runs a query, or takes what an earlier request selected from the cache of the space, which is asked only for what it
/// may hold. What it is given must outlive it.
class CachedRun {
public:
    CachedRun(const QueryRequest& request, const PlannedQuery& query);

    /// In the order of the query and cut to its limit. `shuffle_seed`: for `row_order=shuffled`.
    Expected<space::MatchesPtr, catalogue::ApiError> matches(std::uint64_t shuffle_seed);

private:
    using Found = Expected<space::MatchesPtr, catalogue::ApiError>;

    /// In the order of the fixtures.
    Found selected();
    Found arranged(const space::Matches& all, std::optional<std::uint64_t> shuffle_seed);
    /// From the cache, or else made and put there.
    template <class Make>
    Found known_or(std::string key, Make make);
    /// In the cache; `reads_clock`: at this second only.
    std::string key_of(std::string_view query, bool reads_clock) const;

    const QueryRequest& request_;
    const PlannedQuery query_;
    const expr::evaluation::Context context_;
    execution::Run run_;
};

}  // namespace engage::server::query::endpoints
