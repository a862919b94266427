#pragma once

#include "server/query/endpoints/query_pipeline.hpp"
#include "server/query/plan/plan.hpp"
#include "server/space/matches.hpp"

namespace engage::server::query::endpoints {

/// What the filters of a sibling endpoint select.
struct Selection {
    plan::QueryPlan plan;
    space::Matches matches;
};

/// Runs `query` for `request`; refuses what `engage` would refuse.
Expected<Selection, catalogue::ApiError> select(const request::EngageQuery& query, const QueryRequest& request);

}  // namespace engage::server::query::endpoints
