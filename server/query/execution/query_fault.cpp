#include "server/query/execution/query_fault.hpp"

#include "server/catalogue/errors/expressions.hpp"
#include "server/catalogue/switches/dialect.hpp"

namespace engage::server::query::execution {

namespace {

std::string place_of(const QueryFault& fault, const std::string& parameter) {
    std::string place = fault.behavior.empty() ? parameter : "behaviors";
    if (fault.cohort)
        place = *fault.cohort == 0 ? "filter_by_cohort: raw_cohort" : "cohort " + std::to_string(*fault.cohort);
    return fault.behavior.empty() ? place : place + ": \"" + fault.behavior + '"';
}

}  // namespace

catalogue::ApiError to_error(const QueryFault& fault, const std::string& parameter) {
    return {catalogue::errors::kLogicalOperand,
            {place_of(fault, parameter), catalogue::switches::fault_text(fault.operand)}};
}

}  // namespace engage::server::query::execution
