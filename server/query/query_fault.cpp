#include "server/query/query_fault.hpp"

#include "server/query/dialect.hpp"

namespace engage::server {

namespace {

std::string place_of(const QueryFault& fault, const std::string& parameter) {
    std::string place = fault.behavior.empty() ? parameter : "behaviors";
    if (fault.cohort)
        place = *fault.cohort == 0 ? "filter_by_cohort: raw_cohort" : "cohort " + std::to_string(*fault.cohort);
    return fault.behavior.empty() ? place : place + ": \"" + fault.behavior + '"';
}

}  // namespace

ApiError to_error(const QueryFault& fault, const std::string& parameter) {
    return {ErrorCode::kLogicalOperand, {place_of(fault, parameter), fault_text(fault.operand)}};
}

}  // namespace engage::server
