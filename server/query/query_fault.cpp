#include "server/query/query_fault.hpp"

#include "server/query/dialect.hpp"

namespace engage::server {

namespace {

std::string place_of(const QueryFault& fault, const EngageQuery& query) {
    switch (fault.in) {
        case QueryFault::In::kCohort:
            return "filter_by_cohort: " + query.cohort->name();
        case QueryFault::In::kBehaviors:
            return "behaviors";
        case QueryFault::In::kWhere:
            break;
    }
    return query.where_parameter;
}

}  // namespace

ApiError to_error(const QueryFault& fault, const EngageQuery& query) {
    return {ErrorCode::kLogicalOperand, {place_of(fault, query), fault_text(fault.operand)}};
}

}  // namespace engage::server
