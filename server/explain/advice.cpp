#include "server/explain/advice.hpp"

#include <algorithm>
#include <string_view>

#include "expr/text/spelling.hpp"
#include "expr/text/text.hpp"
#include "server/explain/comparison.hpp"
#include "server/explain/date_advice.hpp"
#include "server/explain/shape_advice.hpp"
#include "server/explain/type_advice.hpp"

namespace engage::server::explain {

namespace {

using expr::syntax::BinaryOp;
using expr::syntax::Literal;
using expr::values::Type;

constexpr std::size_t kMostListed = 8;

/// The text without `*` and `%` at its ends, which mean nothing here.
std::string_view without_wildcards(std::string_view text) {
    const auto begin = text.find_first_not_of("*%");
    if (begin == std::string_view::npos) return text;
    return text.substr(begin, text.find_last_not_of("*%") - begin + 1);
}

bool is_part_of_any(std::string_view part, const std::set<std::string>& texts) {
    const auto contains = [&](const std::string& text) { return text.find(part) != std::string::npos; };
    return !part.empty() && std::any_of(texts.begin(), texts.end(), contains);
}

class Adviser {
public:
    Adviser(const Survey& survey, const fixtures::profiles::ProfileSet& profiles)
        : survey_(survey), profiles_(profiles) {}

    std::vector<std::string> advise(const expr::syntax::Node& root) {
        advice_ = logical_advice(root);
        has_contradiction_ = !advice_.empty();
        for (const auto& condition : survey_.conditions) advise_on(condition);
        const auto& conditions = survey_.conditions;
        const bool each_is_met =
            std::all_of(conditions.begin(), conditions.end(), [](const Condition& c) { return c.matches > 0; });
        if (advice_.empty() && survey_.matches == 0 && survey_.profiles > 0 && conditions.size() > 1 && each_is_met)
            add("each condition is true for some profile, but no profile meets the whole expression");
        return std::move(advice_);
    }

private:
    void add(std::string line) {
        if (std::find(advice_.begin(), advice_.end(), line) == advice_.end()) advice_.push_back(std::move(line));
    }

    void advise_on(const Condition& condition) {
        const auto is_behavior = [](const PropertyUse& use) {
            return use.reference.scope == expr::values::Scope::kBehaviors;
        };
        if (std::any_of(condition.properties.begin(), condition.properties.end(), is_behavior)) return;
        const auto before = advice_.size();
        for (auto& line : shape_advice(condition, profiles_)) add(std::move(line));
        for (const auto& use : condition.properties) check_name(use);
        if (advice_.size() > before) return;
        for (auto& line : date_arithmetic_advice(condition)) add(std::move(line));
        if (advice_.size() > before) return;
        const auto comparison = comparison_of(condition);
        if (comparison && is_equality(comparison->op()) && check_null(*comparison)) return;
        if (comparison)
            for (auto& line : type_advice(*comparison)) add(std::move(line));
        else
            for (auto& line : cast_advice(condition)) add(std::move(line));
        if (advice_.size() == before) check_date_with_number(condition);
        // What is missing can be asked for once the condition is written as it is meant.
        if (advice_.size() == before) check_missing(condition);
        for (const auto& date : condition.dates) check_date(date);
        for (const auto& date : condition.compared_dates) check_date(date);
        if (advice_.size() == before) check_nobody(condition, comparison);
        if (condition.matched_other_case > 0 && comparison)
            add("letter case does not matter: " + comparison->other_text() + " also equals " +
                in_quotes(condition.other_case_example) + ", on " + profiles_text(condition.matched_other_case));
    }

    std::vector<std::string_view> known_names() const {
        std::vector<std::string_view> known(profiles_.names().begin(), profiles_.names().end());
        known.emplace_back("$distinct_id");
        if (profiles_.holds_groups()) known.emplace_back("$group_id");
        return known;
    }

    void check_name(const PropertyUse& use) {
        const auto scope = use.reference.scope;
        const auto& name = use.reference.name;
        const auto text = text_of(*use.node);
        const auto known = known_names();
        const bool is_known = std::find(known.begin(), known.end(), name) != known.end();
        const bool is_event = scope == expr::values::Scope::kEvent;
        if (is_event && is_known)
            return add(text + " is undefined on every profile: write properties[" + in_quotes(name) + ']');
        if (is_known) return;
        const auto same = std::find_if(known.begin(), known.end(), [&](std::string_view other) {
            return expr::text::equal_ignoring_case(other, name);
        });
        const auto near = same != known.end() ? *same : expr::text::nearest(name, known);
        add((is_event ? text + " is undefined on every profile, and " : std::string()) + "no profile has a property " +
            in_quotes(name) + (near.empty() ? "" : "; did you mean " + in_quotes(near) + '?') +
            (same != known.end() ? " (the letter case of names matters)" : ""));
    }

    /// Whether the comparison is with null or undefined.
    bool check_null(const Comparison& c) {
        const bool is_null = literal_of<expr::syntax::NullLiteral>(*c.other) != nullptr;
        if (!is_null && literal_of<expr::syntax::UndefinedLiteral>(*c.other) == nullptr) return false;
        const auto holding = profiles_text(c.use->types[Type::kNull]) + " with null";
        const auto without = profiles_text(c.use->types[Type::kUndefined]) + " without the property";
        if (!c.has(is_null ? Type::kUndefined : Type::kNull)) return true;
        const auto defined = "defined(" + c.property_text() + ')';
        const auto text = c.rewritten(c.property_text(), c.other_text());
        if (c.asks_for_equality())
            add(text + " matches the " + (is_null ? holding : without) + " but not the " +
                (is_null ? without : holding) + ": write not " + defined + " for both");
        else
            add(text + " also matches the " + (is_null ? without : holding) + ": write " + defined);
        return true;
    }

    /// `datetime(…) < NOW`
    void check_date_with_number(const Condition& condition) {
        const auto* binary = std::get_if<expr::syntax::Binary>(&condition.node->is);
        if (binary == nullptr || !is_comparison(binary->op)) return;
        for (const auto& [types, profiles] : condition.misfits) {
            const bool is_left = types == std::pair(Type::kNumber, Type::kDatetime);
            if (!is_left && types != std::pair(Type::kDatetime, Type::kNumber)) continue;
            const auto number = text_of(is_left ? *binary->left : *binary->right);
            add("a datetime is compared with the number " + number + ": write datetime(" + number + ')');
        }
    }

    void check_date(const DateText& date) {
        if (date.unreadable == 0) return;
        constexpr auto kForms = R"("2026-09-01" or "2026-09-01T12:00:00")";
        const auto text = text_of(*date.node);
        if (std::holds_alternative<Literal>(date.node->is))
            return add(text + " is no date: a date is written " + kForms);
        add(text + " is no date on " + profiles_text(date.unreadable) + ", e.g. " + in_quotes(date.example) +
            ": a date is written " + kForms);
    }

    /// `!=` and `not` are true of what is not there.
    void check_missing(const Condition& condition) {
        const auto* binary = std::get_if<expr::syntax::Binary>(&condition.node->is);
        const bool is_unequal = binary != nullptr && binary->op == BinaryOp::kNotEqual;
        if (has_contradiction_ || condition.matched_without == 0 ||
            is_call(*condition.node, expr::syntax::Function::kDefined))
            return;
        if (!is_unequal && !condition.is_negated && !condition.is_reversed) return;
        const std::string joint = condition.is_reversed ? " or not defined(" : " and defined(";
        std::string defined;
        std::string names;
        for (const auto& use : condition.properties) {
            if (use.types[Type::kUndefined] + use.types[Type::kNull] == 0) continue;
            const auto name = text_of(*use.node);
            (names += names.empty() ? "" : " or ") += name;
            defined += joint + name + ')';
        }
        const auto text = text_of(condition.negation != nullptr ? *condition.negation : *condition.node);
        const auto where = profiles_text(condition.matched_without) + " where " + names + " is not set";
        if (condition.is_reversed)
            return add("inside of 'not', " + text + " also lets through the " + where + ": to leave them out, write (" +
                       text + defined + ')');
        add(text + " also matches the " + where + ": to leave them out, write " + text + defined);
    }

    void check_nobody(const Condition& condition, const std::optional<Comparison>& comparison) {
        if (condition.matches > 0 || condition.is_negated != condition.is_reversed || survey_.profiles == 0) return;
        auto line =
            text_of(*condition.node) + " is true for " +
            (survey_.looked_at == survey_.profiles ? "no profile"
                                                   : "none of the " + profiles_text(survey_.looked_at) + " looked at");
        if (comparison) line += wanted_texts(*comparison);
        for (const auto& [types, profiles] : condition.misfits)
            line += "; on " + profiles_text(profiles) + " it meets " + with_article(types.first) + " and " +
                    with_article(types.second) + ", which do not go together";
        add(std::move(line));
    }

    /// What the property holds instead of the texts of a constant.
    static std::string wanted_texts(const Comparison& comparison) {
        const auto* list = std::get_if<expr::syntax::ListOf>(&comparison.other->is);
        if (list != nullptr && comparison.op() == BinaryOp::kIn && comparison.property_is_left())
            return wanted_items(*comparison.use, *list);
        const auto* text = literal_of<std::string>(*comparison.other);
        if (text == nullptr) return {};
        if (comparison.op() == BinaryOp::kEqual) return known_texts(*comparison.use, *text);
        const auto part = without_wildcards(*text);
        if (comparison.op() != BinaryOp::kIn || comparison.property_is_left() || part == *text) return {};
        return "; * and % stand for themselves: write " + in_quotes(part) + " in " + comparison.property_text();
    }

    static std::string wanted_items(const PropertyUse& use, const expr::syntax::ListOf& list) {
        const std::vector<std::string_view> texts(use.texts.begin(), use.texts.end());
        std::string items;
        bool has_near = false;
        const std::string* first = nullptr;
        for (std::size_t i = 0; i < std::min(list.items.size(), kMostListed); ++i) {
            const auto* text = literal_of<std::string>(*list.items[i]);
            if (first == nullptr) first = text;
            const auto near = text == nullptr ? std::string_view() : expr::text::nearest(*text, texts);
            has_near = has_near || !near.empty();
            items += (i == 0 ? "" : ", ") + (near.empty() ? text_of(*list.items[i]) : in_quotes(near));
        }
        if (has_near) return "; did you mean [" + items + (list.items.size() > kMostListed ? ", …]?" : "]?");
        return first == nullptr ? std::string() : known_texts(use, *first);
    }

    static std::string known_texts(const PropertyUse& use, const std::string& wanted) {
        const auto property = text_of(*use.node);
        const std::vector<std::string_view> texts(use.texts.begin(), use.texts.end());
        const auto part = without_wildcards(wanted);
        const auto near = part == wanted ? expr::text::nearest(wanted, texts) : std::string_view();
        if (!near.empty()) return "; did you mean " + in_quotes(near) + '?';
        if (is_part_of_any(part, use.texts))
            return "; a part of a string is found by " + in_quotes(part) + " in " + property;
        if (texts.empty() || texts.size() > kMostListed || !use.has_all_texts) return {};
        std::string list;
        for (const auto text : texts) list += (list.empty() ? "" : ", ") + in_quotes(text);
        return "; " + property + " is one of " + list;
    }

    const Survey& survey_;
    const fixtures::profiles::ProfileSet& profiles_;
    std::vector<std::string> advice_;
    bool has_contradiction_ = false;
};

}  // namespace

std::vector<std::string> advice_on(const expr::syntax::Ast& ast, const Survey& survey,
                                   const fixtures::profiles::ProfileSet& profiles) {
    return Adviser(survey, profiles).advise(*ast.root);
}

}  // namespace engage::server::explain
