#include "server/query/endpoints/cohort_list.hpp"

#include "fixtures/json/write.hpp"
#include "server/catalogue/facts/cohorts.hpp"
#include "server/query/execution/member_count.hpp"
#include "server/query/request/parameter_rules.hpp"

namespace engage::server::query::endpoints {

namespace {

/// Of a cohort that says none. Clients read a time here, so it has to be one.
constexpr std::string_view kUnknownTime = "1970-01-01 00:00:00";

std::string element_of(const fixtures::project::Cohort& cohort, std::uint64_t project_id, std::uint64_t count) {
    return "{\"id\":" + std::to_string(cohort.id) + ",\"project_id\":" + std::to_string(project_id) +
           ",\"name\":" + fixtures::json::ascii_literal(cohort.name) +
           ",\"description\":" + fixtures::json::ascii_literal(cohort.description) + ",\"data_group_id\":" +
           (cohort.data_group_id ? fixtures::json::ascii_literal(*cohort.data_group_id) : "null") +
           ",\"count\":" + std::to_string(count) + ",\"is_visible\":" + (cohort.is_visible ? "1" : "0") +
           ",\"created\":" + fixtures::json::ascii_literal(cohort.created.empty() ? kUnknownTime : cohort.created) +
           '}';
}

}  // namespace

Expected<std::string, catalogue::ApiError> cohort_list(const QueryRequest& request) {
    const auto& project = *request.snapshot->project;
    if (auto checked = request::check_names(request.parameters, "cohorts/list", {}, request.readings); !checked)
        return unexpected(std::move(checked.error()));
    request.readings.note(catalogue::facts::kCohortList);
    execution::MemberCounts counts(request.snapshot, request.now, request.readings);
    std::string list = "[";
    for (const auto& cohort : project.cohorts) {
        const auto count = counts.of(cohort);
        if (!count) return unexpected(count.error());
        if (list.size() > 1) list += ',';
        list += element_of(cohort, project.project_id, *count);
    }
    return list + ']';
}

}  // namespace engage::server::query::endpoints
