#include "server/query/endpoints/values_endpoint.hpp"

#include <array>

#include "fixtures/json/write.hpp"
#include "server/catalogue/errors/endpoints.hpp"
#include "server/catalogue/facts/endpoints.hpp"
#include "server/query/endpoints/property_values.hpp"
#include "server/query/plan/plan.hpp"
#include "server/query/request/engage_query.hpp"
#include "server/query/request/parameter_rules.hpp"
#include "server/query/request/refusal.hpp"

namespace engage::server::query::endpoints {

namespace {

constexpr std::array kValuesRules = {request::ParameterRule{"data_group_id"}, request::ParameterRule{"limit"},
                                     request::ParameterRule{"property"}};
/// What Mixpanel's own client asks for.
constexpr std::size_t kDefaultValuesLimit = 255;

Expected<std::string, catalogue::ApiError> read_property(const http::Parameters& parameters) {
    const auto* property = parameters.find("property");
    if (!property) return unexpected(catalogue::ApiError{catalogue::errors::kPropertyMissing});
    if (property->form != http::Parameter::Form::kText)
        return unexpected(request::refusal(catalogue::errors::kBadProperty, property->text));
    return property->text;
}

}  // namespace

Expected<std::string, catalogue::ApiError> values(const QueryRequest& request) {
    if (auto checked = request::check_names(request.parameters, "engage/values", kValuesRules, request.readings);
        !checked)
        return unexpected(std::move(checked.error()));
    auto property = read_property(request.parameters);
    if (!property) return unexpected(std::move(property.error()));
    const auto limit = request::read_limit(request.parameters, kDefaultValuesLimit);
    if (!limit) return unexpected(limit.error());
    const auto query = request::parse_selection(request.parameters, request.readings);
    if (!query) return unexpected(query.error());
    const auto plan = plan::make_plan(*query, request.snapshot, request.readings);
    if (!plan) return unexpected(plan.error());

    request.readings.note(catalogue::facts::kValuesShape);
    request.readings.note(catalogue::facts::kValuesOrder);
    std::string results;
    const auto column =
        plan->is_empty ? nullptr : plan->columns->column({expr::values::Scope::kProperties, std::move(*property)});
    if (column)
        for (const auto& value : most_frequent_values(*column, *limit))
            results += (results.empty() ? "" : ",") + fixtures::json::ascii_literal(value.text);
    return "{\"results\":[" + results + "],\"status\":\"ok\"}";
}

}  // namespace engage::server::query::endpoints
