#include "server/query/request/parameter_rules.hpp"

#include <algorithm>
#include <array>

#include "expr/text/parse_whole.hpp"
#include "server/catalogue/errors/endpoints.hpp"
#include "server/catalogue/errors/parameters.hpp"
#include "server/catalogue/errors/requests.hpp"
#include "server/catalogue/facts/requests.hpp"
#include "server/query/request/refusal.hpp"

namespace engage::server::query::request {

namespace {

// What `engage` and its siblings read, here or on the real service.
constexpr std::array<std::string_view, 24> kOfQueries = {"action",
                                                         "as_of_timestamp",
                                                         "behaviors",
                                                         "data_group_id",
                                                         "distinct_id",
                                                         "distinct_ids",
                                                         "filter_by_cohort",
                                                         "from_date",
                                                         "group_by_cohorts",
                                                         "include_all_users",
                                                         "limit",
                                                         "output_properties",
                                                         "page",
                                                         "page_size",
                                                         "property",
                                                         "search",
                                                         "segment_by_cohorts",
                                                         "selector",
                                                         "session_id",
                                                         "sort_key",
                                                         "sort_order",
                                                         "to_date",
                                                         "unit",
                                                         "where"};

// What every endpoint reads alike.
constexpr std::array<std::string_view, 5> kOfPipeline = {"api_key", "callback", "expire", "project_id", "sig"};

Expected<void, catalogue::ApiError> check_name(const std::string& name, std::string_view endpoint,
                                               std::span<const ParameterRule> rules, catalogue::Readings& readings) {
    if (std::find(kOfPipeline.begin(), kOfPipeline.end(), name) != kOfPipeline.end()) return {};
    const auto rule = std::find_if(rules.begin(), rules.end(), [&](const auto& row) { return row.name == name; });
    if (rule != rules.end() && rule->use == ParameterRule::Use::kRead) return {};
    if (name == "workspace_id") {
        readings.note(catalogue::facts::kWorkspace);
        return {};
    }
    if (rule != rules.end() && rule->use == ParameterRule::Use::kRefused)
        return unexpected(catalogue::ApiError{catalogue::errors::kParameterRefused,
                                              {name, std::string(endpoint), std::string(rule->instead)}});
    if (rule == rules.end() && std::find(kOfQueries.begin(), kOfQueries.end(), name) != kOfQueries.end())
        return unexpected(
            catalogue::ApiError{catalogue::errors::kParameterNotEmulated, {name + " of " + std::string(endpoint)}});
    readings.note(catalogue::facts::kUnknownParameters);
    return {};
}

}  // namespace

Expected<void, catalogue::ApiError> check_names(const http::Parameters& parameters, std::string_view endpoint,
                                                std::span<const ParameterRule> rules, catalogue::Readings& readings) {
    for (const auto& [name, parameter] : parameters.all())
        if (auto checked = check_name(name, endpoint, rules, readings); !checked) return checked;
    return {};
}

Expected<std::size_t, catalogue::ApiError> read_limit(const http::Parameters& parameters, std::size_t unless_given) {
    const auto* limit = parameters.find("limit");
    if (!limit) return unless_given;
    const auto number = expr::text::parse_whole<std::size_t>(limit->text);
    if (!number || *number == 0) return unexpected(refusal(catalogue::errors::kBadLimit, limit->text));
    return *number;
}

}  // namespace engage::server::query::request
