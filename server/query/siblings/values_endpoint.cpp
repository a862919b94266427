#include "server/query/siblings/values_endpoint.hpp"

#include <array>

#include "server/http/json_text.hpp"
#include "server/query/engage_query.hpp"
#include "server/query/parameter_rules.hpp"
#include "server/query/plan.hpp"
#include "server/query/refusal.hpp"
#include "server/query/siblings/property_values.hpp"

namespace engage::server {

namespace {

constexpr std::array kRules = {ParameterRule{"data_group_id"}, ParameterRule{"limit"}, ParameterRule{"property"}};
/// What Mixpanel's own client asks for.
constexpr std::size_t kDefaultLimit = 255;

Expected<std::string, ApiError> read_property(const Parameters& parameters) {
    const auto* property = parameters.find("property");
    if (!property) return unexpected(ApiError{ErrorCode::kPropertyMissing});
    if (property->form != Parameter::Form::kText) return unexpected(refusal(ErrorCode::kBadProperty, property->text));
    return property->text;
}

}  // namespace

Expected<std::string, ApiError> ValuesEndpoint::operator()(const QueryRequest& request) const {
    if (auto checked = check_names(request.parameters, "engage/values", kRules, request.evidence); !checked)
        return unexpected(std::move(checked.error()));
    auto property = read_property(request.parameters);
    if (!property) return unexpected(std::move(property.error()));
    const auto limit = read_limit(request.parameters, kDefaultLimit);
    if (!limit) return unexpected(limit.error());
    const auto query = parse_selection(request.parameters, request.evidence);
    if (!query) return unexpected(query.error());
    const auto plan = make_plan(*query, request.served, settings.switches, request.evidence);
    if (!plan) return unexpected(plan.error());

    request.evidence.note(Behaviour::kValuesShape);
    request.evidence.note(Behaviour::kValuesOrder);
    std::string results;
    const auto column =
        plan->is_empty ? nullptr : plan->columns->column({expr::Scope::kProperties, std::move(*property)});
    if (column)
        for (const auto& value : most_frequent_values(*column, *limit))
            results += (results.empty() ? "" : ",") + json_string(value.text);
    return "{\"results\":[" + results + "],\"status\":\"ok\"}";
}

}  // namespace engage::server
