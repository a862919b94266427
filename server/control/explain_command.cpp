#include "server/control/explain_command.hpp"

#include <array>

#include "expr/text/spelling.hpp"
#include "server/catalogue/switches/dialect.hpp"
#include "server/catalogue/switches/filters.hpp"
#include "server/explain/explain_json.hpp"
#include "server/http/bounded_json.hpp"

namespace engage::server::control {

namespace {

using namespace std::string_view_literals;
using nlohmann::json;

constexpr std::array kKeys{"project_id"sv,    "where"sv,     "distinct_id"sv,
                           "data_group_id"sv, "behaviors"sv, "as_of_timestamp"sv};

Expected<std::string, std::string> text_of(const json& body, const char* key) {
    if (!body.contains(key)) return std::string();
    if (!body[key].is_string()) return unexpected(std::string(key) + ": expected a string");
    return body[key].get<std::string>();
}

/// An id: a text, or a whole number whose digits are it.
Expected<std::string, std::string> id_of(const json& body, const char* key) {
    if (body.contains(key) && body[key].is_number_integer()) return body[key].dump();
    if (body.contains(key) && !body[key].is_string())
        return unexpected(std::string(key) + ": expected a string or a whole number");
    return text_of(body, key);
}

Expected<space::SnapshotPtr, std::string> find_project(const json& body, const space::Snapshots& projects) {
    std::string served;
    for (const auto& [id, project] : projects) served += (served.empty() ? "" : ", ") + std::to_string(id);
    if (!body.contains("project_id")) {
        if (projects.size() == 1) return projects.begin()->second;
        return unexpected("project_id: expected one of the served projects: " + served);
    }
    const auto wanted = id_of(body, "project_id");
    for (const auto& [id, project] : projects)
        if (wanted && std::to_string(id) == *wanted) return project;
    return unexpected("project_id: expected one of the served projects: " + served);
}

/// As a query has them: the list, or its text.
std::string behaviors_of(const json& body) {
    if (!body.contains("behaviors") || body["behaviors"].is_null()) return {};
    const auto& behaviors = body["behaviors"];
    return behaviors.is_string() ? behaviors.get<std::string>() : behaviors.dump();
}

Expected<explain::ExplainQuery, std::string> read_query(const json& body) {
    for (const auto& [key, value] : body.items())
        if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end())
            return unexpected("unknown key \"" + key + '"' + expr::text::suggestion(key, kKeys));
    explain::ExplainQuery query;
    if (!body.contains("where")) return unexpected<std::string>("expected the key where: a segmentation expression");
    auto where = text_of(body, "where");
    auto group = id_of(body, "data_group_id");
    auto id = id_of(body, "distinct_id");
    auto as_of = id_of(body, "as_of_timestamp");
    for (const auto* text : {&where, &group, &id, &as_of})
        if (!*text) return unexpected(text->error());
    query.where = std::move(*where);
    query.data_group_id = std::move(*group);
    if (body.contains("distinct_id")) query.distinct_id = std::move(*id);
    query.behaviors = behaviors_of(body);
    if (as_of->empty()) return query;
    query.as_of = query::request::parse_as_of(*as_of);
    if (!query.as_of) return unexpected<std::string>("as_of_timestamp: expected Unix seconds");
    return query;
}

}  // namespace

Expected<std::string, std::string> run_explain_command(const space::Call& call) {
    const auto& settings = call.space.settings;
    const auto body = http::parse_bounded_json(call.http.body);
    if (!body || !body->is_object()) return unexpected<std::string>("expected a JSON object as body");
    auto query = read_query(*body);
    if (!query) return unexpected(query.error());
    query->grammar = catalogue::switches::grammar_of(settings.switches);
    query->undeclared_is_zero = settings.switches.choice(catalogue::switches::kBehaviorsUndeclared) ==
                                catalogue::switches::BehaviorsUndeclared::kZero;
    const auto served = find_project(*body, call.projects->snapshots);
    if (!served) return unexpected(served.error());
    const auto explanation = explain::explain(
        *served, *query, catalogue::switches::context_of(call.now, (*served)->project->zone, settings.switches));
    if (explanation) return explain::explanation_json(*explanation);
    if (const auto* mistake = std::get_if<expr::syntax::ParseError>(&explanation.error()))
        return explain::syntax_error_json(query->where, *mistake);
    return unexpected(std::get<std::string>(explanation.error()));
}

}  // namespace engage::server::control
