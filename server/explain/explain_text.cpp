#include "server/explain/explain_text.hpp"

#include "expr/text/shortened.hpp"
#include "server/explain/comparison.hpp"

namespace engage::server::explain {

namespace {

constexpr std::size_t kLongestShownValue = 60;

std::string value_text(const ExplainedStep& step) {
    if (!step.has_value) return "a value for each item";
    switch (step.type) {
        case expr::values::Type::kUndefined:
        case expr::values::Type::kNull:
            return std::string(expr::values::type_name(step.type));
        case expr::values::Type::kBoolean:
            return step.value;
        default:
            return expr::text::shortened(step.value, kLongestShownValue) + " (" +
                   std::string(expr::values::type_name(step.type)) + ')';
    }
}

std::string types_text(const TypeCounts& types) {
    std::string text;
    for (const auto type : {expr::values::Type::kString, expr::values::Type::kNumber, expr::values::Type::kBoolean,
                            expr::values::Type::kDatetime, expr::values::Type::kList, expr::values::Type::kObject,
                            expr::values::Type::kNull, expr::values::Type::kUndefined}) {
        if (types[type] == 0) continue;
        text +=
            (text.empty() ? "" : ", ") + std::string(expr::values::type_name(type)) + ' ' + std::to_string(types[type]);
    }
    return text;
}

std::string condition_text(const ExplainedCondition& condition) {
    std::string text = "  " + condition.text + ": true for " + profiles_text(condition.matches) + '\n';
    for (const auto& property : condition.properties)
        text += "    " + property.text + " is " + types_text(property.types) + '\n';
    for (const auto& [types, profiles] : condition.misfits)
        text += "    types that do not go together: " + types + " on " + std::to_string(profiles) + '\n';
    return text;
}

std::string profile_text(const ExplainedProfile& profile) {
    auto text = "\nprofile " + profile.distinct_id + (profile.matches ? " matches" : " does not match") +
                ", innermost first:\n";
    if (profile.is_cut) text += "  …\n";
    for (const auto& step : profile.steps)
        text += std::string(2 + 2 * step.depth, ' ') + step.text + ": " + value_text(step) + '\n';
    return text;
}

std::string grammar_line(const char* what, const std::vector<std::string>& items) {
    std::string list;
    for (const auto& item : items) list += (list.empty() ? "" : ", ") + item;
    return list.empty() ? list : std::string(what) + ": " + list + '\n';
}

}  // namespace

std::string explanation_text(const Explanation& explanation) {
    const auto count = std::to_string(explanation.profiles);
    if (explanation.text.empty()) return "no filter: all " + count + " profiles match\n";
    auto text = "expression: " + explanation.text + "\ntree: " + explanation.tree + '\n';
    const auto& [known, assumed, refused] = explanation.grammar;
    text += grammar_line("known to be accepted by the engage endpoint", known) +
            grammar_line("assumed to be accepted", assumed) + grammar_line("not accepted by it", refused);
    text += '\n' + std::to_string(explanation.matches) + " of " + count + " profiles match";
    if (explanation.looked_at < explanation.profiles)
        text += "; looked at " + std::to_string(explanation.looked_at) + " of " + count + " profiles";
    text += explanation.conditions.empty() ? ".\n" : ":\n";
    for (const auto& condition : explanation.conditions) text += condition_text(condition);
    if (explanation.conditions_left_out > 0)
        text += "  and " + std::to_string(explanation.conditions_left_out) + " more conditions\n";
    if (explanation.profile) text += profile_text(*explanation.profile);
    if (!explanation.advice.empty()) text += "\nadvice:\n";
    for (const auto& line : explanation.advice) text += "  * " + line + '\n';
    return text;
}

}  // namespace engage::server::explain
