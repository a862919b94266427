#include "server/query/siblings/properties_endpoint.hpp"

#include <algorithm>
#include <array>

#include "server/http/json_text.hpp"
#include "server/query/engage_query.hpp"
#include "server/query/parameter_rules.hpp"
#include "server/query/plan.hpp"

namespace engage::server {

namespace {

constexpr std::array kRules = {ParameterRule{"data_group_id"}, ParameterRule{"limit"}};
/// What clients are known to ask for.
constexpr std::size_t kDefaultLimit = 2000;

std::string entry(const fixtures::ProfileSet& profiles, const fixtures::PropertyCount& property) {
    return json_string(profiles.names()[property.name]) + ":{\"count\":" + std::to_string(property.profiles) +
           ",\"type\":\"" + std::string(to_string(property.type)) + "\"}";
}

}  // namespace

Expected<std::string, ApiError> PropertiesEndpoint::operator()(const QueryRequest& request) const {
    if (auto checked = check_names(request.parameters, "engage/properties", kRules, request.evidence); !checked)
        return unexpected(std::move(checked.error()));
    const auto limit = read_limit(request.parameters, kDefaultLimit);
    if (!limit) return unexpected(limit.error());
    const auto query = parse_selection(request.parameters, request.evidence);
    if (!query) return unexpected(query.error());
    const auto plan = make_plan(*query, request.served, settings_.switches, request.evidence);
    if (!plan) return unexpected(plan.error());

    for (const auto behaviour : {Behaviour::kPropertiesShape, Behaviour::kPropertiesOrder, Behaviour::kPropertyTypes})
        request.evidence.note(behaviour);
    std::string results;
    if (!plan->is_empty) {
        const auto counts = counts_.of(plan->profiles, fixtures::count_properties);
        for (std::size_t i = 0; i < std::min(*limit, counts->size()); ++i)
            results += (i > 0 ? "," : "") + entry(*plan->profiles, (*counts)[i]);
    }
    return "{\"results\":{" + results + "},\"status\":\"ok\"}";
}

}  // namespace engage::server
