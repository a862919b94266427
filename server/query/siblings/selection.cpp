#include "server/query/siblings/selection.hpp"

#include "server/query/dialect.hpp"

namespace engage::server {

Expected<Selection, ApiError> select(const EngageQuery& query, const QueryRequest& request, const Switches& switches) {
    auto plan = make_plan(query, request.served, switches, request.evidence);
    if (!plan) return unexpected(std::move(plan.error()));
    const auto second = std::chrono::floor<std::chrono::seconds>(request.now).time_since_epoch().count();
    auto matches =
        execute(*plan, {.now = second, .zone = request.served.project->zone, .semantics = semantics_of(switches)});
    if (matches) return Selection{std::move(*plan), std::move(*matches)};
    const auto& [operand, is_of_cohort] = matches.error();
    auto parameter = is_of_cohort ? "filter_by_cohort: cohort " + std::to_string(query.cohort_id.value_or(0))
                                  : query.where_parameter;
    return unexpected(ApiError{ErrorCode::kLogicalOperand, {std::move(parameter), fault_text(operand)}});
}

}  // namespace engage::server
