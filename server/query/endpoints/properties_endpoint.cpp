#include "server/query/endpoints/properties_endpoint.hpp"

#include "fixtures/profiles/property_census.hpp"

#include <algorithm>
#include <array>

#include "fixtures/json/write.hpp"
#include "server/catalogue/facts/endpoints.hpp"
#include "server/query/plan/plan.hpp"
#include "server/query/request/engage_query.hpp"
#include "server/query/request/parameter_rules.hpp"

namespace engage::server::query::endpoints {

namespace {

constexpr std::array kPropertiesRules = {request::ParameterRule{"data_group_id"}, request::ParameterRule{"limit"}};
/// What clients are known to ask for.
constexpr std::size_t kDefaultPropertiesLimit = 2000;

std::string entry(const fixtures::profiles::ProfileSet& profiles, const fixtures::profiles::PropertyCount& property) {
    return fixtures::json::ascii_literal(profiles.names()[property.name]) +
           ":{\"count\":" + std::to_string(property.profiles) + ",\"type\":\"" +
           std::string(fixtures::profiles::to_string(property.type)) + "\"}";
}

}  // namespace

Expected<std::string, catalogue::ApiError> properties(const QueryRequest& request) {
    if (auto checked =
            request::check_names(request.parameters, "engage/properties", kPropertiesRules, request.readings);
        !checked)
        return unexpected(std::move(checked.error()));
    const auto limit = request::read_limit(request.parameters, kDefaultPropertiesLimit);
    if (!limit) return unexpected(limit.error());
    const auto query = request::parse_selection(request.parameters, request.readings);
    if (!query) return unexpected(query.error());
    const auto plan = plan::make_plan(*query, request.snapshot, request.readings);
    if (!plan) return unexpected(plan.error());

    for (const auto fact :
         {catalogue::facts::kPropertiesShape, catalogue::facts::kPropertiesOrder, catalogue::facts::kPropertyTypes})
        request.readings.note(fact);
    std::string results;
    if (!plan->is_empty) {
        const auto counts =
            request.snapshot->derived(*plan->profiles).of<std::vector<fixtures::profiles::PropertyCount>>([&] {
                return fixtures::profiles::count_properties(*plan->profiles);
            });
        for (std::size_t i = 0; i < std::min(*limit, counts->size()); ++i)
            results += (i > 0 ? "," : "") + entry(*plan->profiles, (*counts)[i]);
    }
    return "{\"results\":{" + results + "},\"status\":\"ok\"}";
}

}  // namespace engage::server::query::endpoints
