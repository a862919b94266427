#include "server/control/explain_command.hpp"

#include <algorithm>
#include <array>

#include "expr/text/spelling.hpp"
#include "expr/values/children.hpp"
#include "fixtures/json/read.hpp"
#include "server/catalogue/switches/dialect.hpp"
#include "server/catalogue/switches/filters.hpp"
#include "server/control/control_body.hpp"
#include "server/explain/explain_json.hpp"

namespace engage::server::control {

namespace {

using namespace std::string_view_literals;
using expr::values::Cursor;
using expr::values::Type;

constexpr std::array kKeys{"project_id"sv,    "where"sv,     "distinct_id"sv,
                           "data_group_id"sv, "behaviors"sv, "as_of_timestamp"sv};

Expected<std::string, std::string> text_member(const Cursor& body, std::string_view key) {
    const auto value = body[key];
    if (!value.is_present()) return std::string();
    if (!value.is(Type::kString)) return unexpected(std::string(key) + ": expected a string");
    return std::string(value.as_string());
}

/// An id: a text, or a whole number whose digits are it.
Expected<std::string, std::string> id_member(const Cursor& body, std::string_view key) {
    const auto value = body[key];
    if (value.is_integer()) return std::string(value.json());
    if (value.is_present() && !value.is(Type::kString))
        return unexpected(std::string(key) + ": expected a string or a whole number");
    return text_member(body, key);
}

Expected<space::SnapshotPtr, std::string> find_project(const Cursor& body, const space::Snapshots& projects) {
    std::string served;
    for (const auto& [id, project] : projects) served += (served.empty() ? "" : ", ") + std::to_string(id);
    if (!body["project_id"].is_present()) {
        if (projects.size() == 1) return projects.begin()->second;
        return unexpected("project_id: expected one of the served projects: " + served);
    }
    const auto wanted = id_member(body, "project_id");
    for (const auto& [id, project] : projects)
        if (wanted && std::to_string(id) == *wanted) return project;
    return unexpected("project_id: expected one of the served projects: " + served);
}

/// As a query has them: the list, or its text.
std::string behaviors_of(const Cursor& body) {
    const auto behaviors = body["behaviors"].unless_null();
    if (!behaviors.is_present()) return {};
    return behaviors.is(Type::kString) ? std::string(behaviors.as_string()) : fixtures::json::compact_text(behaviors);
}

Expected<explain::ExplainQuery, std::string> read_query(const Cursor& body) {
    for (const auto& member : expr::values::Children(body)) {
        const auto key = member.name();
        if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end())
            return unexpected("unknown key \"" + std::string(key) + '"' + expr::text::suggestion(key, kKeys));
    }
    explain::ExplainQuery query;
    if (!body["where"].is_present())
        return unexpected<std::string>("expected the key where: a segmentation expression");
    auto where = text_member(body, "where");
    auto group = id_member(body, "data_group_id");
    auto id = id_member(body, "distinct_id");
    auto as_of = id_member(body, "as_of_timestamp");
    for (const auto* text : {&where, &group, &id, &as_of})
        if (!*text) return unexpected(text->error());
    query.where = std::move(*where);
    query.data_group_id = std::move(*group);
    if (body["distinct_id"].is_present()) query.distinct_id = std::move(*id);
    query.behaviors = behaviors_of(body);
    if (as_of->empty()) return query;
    query.as_of = query::request::parse_as_of(*as_of);
    if (!query.as_of) return unexpected<std::string>("as_of_timestamp: expected Unix seconds");
    return query;
}

}  // namespace

Expected<std::string, std::string> run_explain_command(const space::Call& call) {
    const auto& settings = call.space.settings;
    const auto document = read_control_body(call.http.body);
    if (!document) return unexpected(document.error());
    const Cursor body(*document);
    auto query = read_query(body);
    if (!query) return unexpected(query.error());
    query->grammar = catalogue::switches::grammar_of(settings.switches);
    query->undeclared_is_zero = settings.switches.choice(catalogue::switches::kBehaviorsUndeclared) ==
                                catalogue::switches::BehaviorsUndeclared::kZero;
    const auto served = find_project(body, call.projects->snapshots);
    if (!served) return unexpected(served.error());
    const auto explanation = explain::explain(
        *served, *query, catalogue::switches::context_of(call.now, (*served)->project->zone, settings.switches));
    if (explanation) return explain::explanation_json(*explanation);
    if (const auto* mistake = std::get_if<expr::syntax::ParseError>(&explanation.error()))
        return explain::syntax_error_json(query->where, *mistake);
    return unexpected(std::get<std::string>(explanation.error()));
}

}  // namespace engage::server::control
