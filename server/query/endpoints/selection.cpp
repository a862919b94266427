#include "server/query/endpoints/selection.hpp"

#include "server/catalogue/switches/dialect.hpp"
#include "server/query/execution/execute.hpp"
#include "server/query/execution/query_fault.hpp"

namespace engage::server::query::endpoints {

Expected<Selection, catalogue::ApiError> select(const request::EngageQuery& query, const QueryRequest& request) {
    auto plan = plan::make_plan(query, request.snapshot, request.readings);
    if (!plan) return unexpected(std::move(plan.error()));
    const auto second = std::chrono::floor<std::chrono::seconds>(request.now).time_since_epoch().count();
    auto matches =
        execution::execute(*plan, {.now = second,
                                   .zone = request.snapshot->project->zone,
                                   .semantics = catalogue::switches::semantics_of(request.readings.switches())});
    if (matches) return Selection{std::move(*plan), std::move(*matches)};
    return unexpected(execution::to_error(matches.error(), query.where_parameter));
}

}  // namespace engage::server::query::endpoints
