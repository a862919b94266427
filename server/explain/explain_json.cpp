#include "server/explain/explain_json.hpp"

#include "expr/syntax/caret.hpp"
#include "expr/values/json.hpp"
#include "fixtures/json/write.hpp"

namespace engage::server::explain {

namespace {

using fixtures::json::list_text;
using fixtures::json::literal;
using fixtures::json::ObjectText;

std::string to_json(const TypeCounts& types) {
    ObjectText json;
    for (std::size_t i = 0; i < types.counts.size(); ++i)
        if (types.counts[i] > 0) json.add(expr::values::type_name(static_cast<expr::values::Type>(i)), types.counts[i]);
    return json.text();
}

std::string to_json(const ExplainedCondition& condition) {
    const auto properties = list_text(condition.properties, [](const auto& property) {
        return ObjectText().add("property", property.text).add_json("types", to_json(property.types)).text();
    });
    const auto misfits = list_text(condition.misfits, [](const auto& misfit) {
        return ObjectText().add("types", misfit.text).add("profiles", misfit.profiles).text();
    });
    return ObjectText()
        .add("condition", condition.text)
        .add("matches", condition.matches)
        .add_json("properties", properties)
        .add_json("types_that_do_not_go_together", misfits)
        .text();
}

std::string to_json(const ExplainedStep& step) {
    ObjectText json;
    json.add("depth", step.depth).add("expression", step.text);
    if (!step.has_value) return json.text();
    json.add_json("value", step.is_value_cut ? literal(step.value) : step.value);
    if (step.is_value_cut) json.add("is_value_cut", true);
    return json.add("type", expr::values::type_name(step.type)).text();
}

std::string to_json(const ExplainedProfile& profile) {
    const auto steps = list_text(profile.steps, [](const ExplainedStep& step) { return to_json(step); });
    return ObjectText()
        .add("distinct_id", profile.distinct_id)
        .add("matches", profile.matches)
        .add_json("steps", steps)
        .text();
}

std::string to_json(const GrammarNotes& grammar) {
    const auto texts = [](const std::vector<std::string>& notes) {
        return list_text(notes, [](const std::string& note) { return literal(note); });
    };
    return ObjectText()
        .add_json("known", texts(grammar.known))
        .add_json("assumed", texts(grammar.assumed))
        .add_json("refused", texts(grammar.refused))
        .text();
}

}  // namespace

std::string explanation_json(const Explanation& explanation) {
    const auto conditions =
        list_text(explanation.conditions, [](const ExplainedCondition& condition) { return to_json(condition); });
    ObjectText json;
    json.add("expression", explanation.text)
        .add("tree", explanation.tree)
        .add_json("grammar", to_json(explanation.grammar))
        .add("profiles", explanation.profiles)
        .add("matches", explanation.matches)
        .add("looked_at", explanation.looked_at)
        .add_json("conditions", conditions)
        .add("conditions_left_out", explanation.conditions_left_out);
    if (explanation.profile) json.add_json("profile", to_json(*explanation.profile));
    json.add_json("advice", list_text(explanation.advice, [](const std::string& line) { return literal(line); }));
    return json.text();
}

std::string syntax_error_json(const std::string& where, const expr::syntax::ParseError& error) {
    const auto [line, column] = expr::syntax::line_and_column(where, error.offset);
    const auto lines = expr::syntax::caret_lines(where, error.offset);
    const auto end = lines.find('\n');
    const auto json = ObjectText()
                          .add("offset", error.offset)
                          .add("line", line)
                          .add("column", column)
                          .add("message", error.message)
                          .add("source", lines.substr(0, end))
                          .add("caret", lines.substr(end + 1))
                          .text();
    return ObjectText().add_json("error", json).text();
}

}  // namespace engage::server::explain
