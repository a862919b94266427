#include "server/query/siblings/selection.hpp"

#include "server/query/dialect.hpp"
#include "server/query/execute.hpp"
#include "server/query/query_fault.hpp"

namespace engage::server {

Expected<Selection, ApiError> select(const EngageQuery& query, const QueryRequest& request, const Switches& switches) {
    auto plan = make_plan(query, request.served, switches, request.evidence);
    if (!plan) return unexpected(std::move(plan.error()));
    const auto second = std::chrono::floor<std::chrono::seconds>(request.now).time_since_epoch().count();
    auto matches =
        execute(*plan, {.now = second, .zone = request.served.project->zone, .semantics = semantics_of(switches)});
    if (matches) return Selection{std::move(*plan), std::move(*matches)};
    return unexpected(to_error(matches.error(), query.where_parameter));
}

}  // namespace engage::server
