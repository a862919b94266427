#pragma once

#include "server/query/matches.hpp"
#include "server/query/plan.hpp"
#include "server/query/query_pipeline.hpp"

namespace engage::server {

/// What the filters of a sibling endpoint select.
struct Selection {
    QueryPlan plan;
    Matches matches;
};

/// Runs `query` for `request`; refuses what `engage` would refuse.
Expected<Selection, ApiError> select(const EngageQuery& query, const QueryRequest& request, const Switches& switches);

}  // namespace engage::server
