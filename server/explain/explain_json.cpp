#include "server/explain/explain_json.hpp"
#include "expr/values/json.hpp"

#include <nlohmann/json.hpp>

namespace engage::server::explain {

namespace {

using nlohmann::ordered_json;

std::string dump(const ordered_json& json) { return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace); }

ordered_json to_json(const TypeCounts& types) {
    auto json = ordered_json::object();
    for (std::size_t i = 0; i < types.counts.size(); ++i)
        if (types.counts[i] > 0)
            json[std::string(expr::values::type_name(static_cast<expr::values::Type>(i)))] = types.counts[i];
    return json;
}

ordered_json to_json(const ExplainedCondition& condition) {
    auto properties = ordered_json::array();
    for (const auto& property : condition.properties)
        properties.push_back({{"property", property.text}, {"types", to_json(property.types)}});
    auto misfits = ordered_json::array();
    for (const auto& [types, profiles] : condition.misfits)
        misfits.push_back({{"types", types}, {"profiles", profiles}});
    return {{"condition", condition.text},
            {"matches", condition.matches},
            {"properties", properties},
            {"types_that_do_not_go_together", misfits}};
}

ordered_json to_json(const ExplainedProfile& profile) {
    auto steps = ordered_json::array();
    for (const auto& step : profile.steps) {
        ordered_json one{{"depth", step.depth}, {"expression", step.text}};
        if (step.has_value) {
            one["value"] = step.is_value_cut ? ordered_json(step.value)
                                             : ordered_json::parse(step.value, nullptr, /*allow_exceptions=*/false);
            if (step.is_value_cut) one["is_value_cut"] = true;
            one["type"] = expr::values::type_name(step.type);
        }
        steps.push_back(std::move(one));
    }
    return {{"distinct_id", profile.distinct_id}, {"matches", profile.matches}, {"steps", steps}};
}

}  // namespace

std::string explanation_json(const Explanation& explanation) {
    auto conditions = ordered_json::array();
    for (const auto& condition : explanation.conditions) conditions.push_back(to_json(condition));
    ordered_json json{{"expression", explanation.text},
                      {"tree", explanation.tree},
                      {"grammar",
                       {{"known", explanation.grammar.known},
                        {"assumed", explanation.grammar.assumed},
                        {"refused", explanation.grammar.refused}}},
                      {"profiles", explanation.profiles},
                      {"matches", explanation.matches},
                      {"looked_at", explanation.looked_at},
                      {"conditions", conditions},
                      {"conditions_left_out", explanation.conditions_left_out}};
    if (explanation.profile) json["profile"] = to_json(*explanation.profile);
    json["advice"] = explanation.advice;
    return dump(json);
}

std::string syntax_error_json(const std::string& where, const expr::syntax::ParseError& error) {
    const auto [line, column] = expr::syntax::line_and_column(where, error.offset);
    const auto lines = expr::syntax::caret_lines(where, error.offset);
    const auto end = lines.find('\n');
    return dump({{"error",
                  {{"offset", error.offset},
                   {"line", line},
                   {"column", column},
                   {"message", error.message},
                   {"source", lines.substr(0, end)},
                   {"caret", lines.substr(end + 1)}}}});
}

}  // namespace engage::server::explain
