#include "server/query/endpoints/selection.hpp"

#include "server/catalogue/switches/dialect.hpp"
#include "server/query/execution/query_fault.hpp"
#include "server/query/execution/run.hpp"

namespace engage::server::query::endpoints {

Expected<Selection, catalogue::ApiError> select(const request::EngageQuery& query, const QueryRequest& request) {
    auto plan = plan::make_plan(query, request.snapshot, request.readings);
    if (!plan) return unexpected(std::move(plan.error()));
    auto matches = execution::Run(*plan, catalogue::switches::context_of(request.now, request.snapshot->project->zone,
                                                                         request.readings.switches()))
                       .select();
    if (matches) return Selection{std::move(*plan), std::move(*matches)};
    return unexpected(execution::to_error(matches.error(), query.where_parameter));
}

}  // namespace engage::server::query::endpoints
