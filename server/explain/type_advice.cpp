#include "server/explain/type_advice.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "expr/text/numbers.hpp"
#include "expr/text/text.hpp"
#include "expr/values/time_zone.hpp"
#include "server/explain/date_advice.hpp"

namespace engage::server::explain {

namespace {

using expr::syntax::BinaryOp;
using expr::syntax::Node;
using expr::values::Type;
using Lines = std::vector<std::string>;

std::string cast(const char* function, const std::string& text) { return std::string(function) + '(' + text + ')'; }

/// NOW, or NOW plus or minus something.
bool is_clock(const Node& node) {
    if (literal_of<expr::syntax::Now>(node) != nullptr) return true;
    const auto* binary = std::get_if<expr::syntax::Binary>(&node.is);
    return binary != nullptr && literal_of<expr::syntax::Now>(*binary->left) != nullptr;
}

bool is_date(const std::string& text) { return expr::values::parse_datetime(text, {}).has_value(); }

/// "true" or "false" for a text that means it.
std::optional<std::string> boolean_of(std::string_view text) {
    constexpr std::array<std::string_view, 6> kTrue{"true", "yes", "y", "on", "t", "1"};
    constexpr std::array<std::string_view, 6> kFalse{"false", "no", "n", "off", "f", "0"};
    const auto is_it = [&](std::string_view word) { return expr::text::equal_ignoring_case(word, text); };
    if (std::any_of(kTrue.begin(), kTrue.end(), is_it)) return "true";
    if (std::any_of(kFalse.begin(), kFalse.end(), is_it)) return "false";
    return std::nullopt;
}

std::string digits_of(double number) { return std::string(expr::text::NumberText(number).view()); }

/// A constant in quotes.
void against_text(const Comparison& c, const std::string& text, Lines& lines) {
    const auto property = c.property_text();
    const auto begin = " and " + c.other_text() + " is a string: ";
    if (c.has(Type::kNumber)) {
        const auto number = expr::text::parse_number(text);
        const auto digits = number ? digits_of(*number) : std::string();
        if (!number && is_date(text))
            lines.push_back(c.says(Type::kNumber) + begin + "write " +
                            c.rewritten(cast("datetime", property), cast("datetime", c.other_text())));
        else if (!number)
            lines.push_back(c.says(Type::kNumber) + begin +
                            (is_equality(c.op()) ? "the two are never equal" : "neither is greater"));
        else
            lines.push_back(c.says(Type::kNumber) + begin + "write " +
                            c.rewritten(c.has(Type::kString) ? cast("number", property) : property, digits));
    }
    if (const auto boolean = boolean_of(text); c.has(Type::kBoolean) && is_equality(c.op()) && boolean)
        lines.push_back(c.says(Type::kBoolean) + begin + "write " + c.rewritten(property, *boolean));
    if (c.has(Type::kString) && c.use->date_texts > 0 && !is_date(text) && looks_like_date(text))
        lines.push_back(c.other_text() + " is compared as text, character by character, with dates such as " +
                        R"("2026-09-01": write it in this form)");
}

void against_number(const Comparison& c, Lines& lines) {
    constexpr double kLeastEpoch = 100'000'000;  // 1973
    const auto* number = literal_of<double>(*c.other);
    if (number != nullptr && (*number == 0 || *number == 1) && is_equality(c.op()) && c.has(Type::kBoolean))
        lines.push_back(c.says(Type::kBoolean) + " and " + c.other_text() + " is a number: write " +
                        c.rewritten(c.property_text(), *number == 1 ? "true" : "false"));
    if (!c.has(Type::kString)) return;
    auto line = c.says(Type::kString) + " and " + c.other_text() + " is a number: ";
    const bool is_instant = is_clock(*c.other) || (number != nullptr && *number >= kLeastEpoch);
    if (is_instant && c.use->date_texts > 0)
        line += "write " + c.rewritten(cast("datetime", c.property_text()), cast("datetime", c.other_text()));
    else if (c.use->number_texts > 0)
        line += "write " + c.rewritten(cast("number", c.property_text()), c.other_text());
    else
        line += "none of the strings is a number";
    lines.push_back(std::move(line));
}

Type type_of(const Node& literal) {
    if (literal_of<double>(literal) != nullptr || literal_of<expr::syntax::Now>(literal) != nullptr)
        return Type::kNumber;
    return literal_of<bool>(literal) != nullptr ? Type::kBoolean : Type::kString;
}

/// The member whose value the constant can equal, otherwise which ones there are.
std::string member_advice(const Comparison& c) {
    const auto begin = c.says(Type::kObject) + ", and an object never equals one value: ";
    const auto& members = c.use->members;
    const auto fits = std::find_if(members.begin(), members.end(),
                                   [&](const auto& member) { return member.second == type_of(*c.other); });
    if (fits != members.end())
        return begin + "write " + c.rewritten(c.property_text() + '[' + in_quotes(fits->first) + ']', c.other_text()) +
               ", with the member that you mean";
    std::string list;
    for (const auto& [name, type] : members)
        list += (list.empty() ? "" : ", ") + in_quotes(name) + " (" + std::string(expr::values::type_name(type)) + ')';
    return begin + (list.empty() ? "none has a member" : "its members are " + list);
}

void against_one_value(const Comparison& c, Lines& lines) {
    const auto property = c.property_text();
    const auto other = c.other_text();
    if (c.has(Type::kList))
        lines.push_back(c.says(Type::kList) + ", and a list never equals one value: write " +
                        (c.asks_for_equality() ? "" : "not ") + other + " in " + property +
                        (c.has(Type::kString) ? ", which also finds it as a part of the strings on " +
                                                    profiles_text(c.use->types[Type::kString])
                                              : ""));
    if (c.has(Type::kObject)) lines.push_back(member_advice(c));
}

/// `properties["x"] == ["a"]`
void against_list(const Comparison& c, const expr::syntax::ListOf& list, Lines& lines) {
    if (list.items.empty() || c.has(Type::kList)) return;
    for (const auto type : {Type::kString, Type::kNumber, Type::kBoolean})
        if (c.has(type))
            return lines.push_back(c.says(type) + ", and one value never equals a list: write " +
                                   (c.asks_for_equality() ? "" : "not ") + c.property_text() + " in " + c.other_text());
}

Lines comparison_advice(const Comparison& c) {
    Lines lines;
    const auto property = c.property_text();
    if (const auto* text = literal_of<std::string>(*c.other)) against_text(c, *text, lines);
    if (literal_of<double>(*c.other) != nullptr || is_clock(*c.other)) against_number(c, lines);
    if (literal_of<bool>(*c.other) != nullptr && is_equality(c.op()) && c.has(Type::kString))
        lines.push_back(c.says(Type::kString) + " and " + c.other_text() + " is a boolean: write " +
                        c.rewritten(property, in_quotes(c.other_text())));
    if (is_call(*c.other, expr::syntax::Function::kDatetime) && c.has(Type::kNumber))
        lines.push_back(c.says(Type::kNumber) + ", and a number is a date only after a cast: write " +
                        c.rewritten(cast("datetime", property), c.other_text()));
    if (std::holds_alternative<expr::syntax::Literal>(c.other->is) && is_equality(c.op())) against_one_value(c, lines);
    if (const auto* list = std::get_if<expr::syntax::ListOf>(&c.other->is); list != nullptr && is_equality(c.op()))
        against_list(c, *list, lines);
    return lines;
}

/// `properties["tags"] in ["a", "b"]`
std::string list_in_list(const Comparison& c, const expr::syntax::ListOf& list) {
    constexpr std::size_t kMostWritten = 4;
    std::string alternatives;
    for (const auto& item : list.items) {
        if (!alternatives.empty()) alternatives += " or ";
        alternatives += text_of(*item) + " in " + c.property_text();
        if (list.items.size() > kMostWritten) {
            alternatives += " or …, one for each item";
            break;
        }
    }
    const bool is_one = list.items.size() == 1;
    const auto text = !c.is_negated ? alternatives : is_one ? "not " + alternatives : "not (" + alternatives + ')';
    return c.says(Type::kList) + ", and a list is looked for as a whole: write " + text;
}

/// The items of a list with another type, at most a few; nothing when one has none.
std::optional<std::string> items_as(const expr::syntax::ListOf& list, Type type) {
    constexpr std::size_t kMostWritten = 8;
    std::string items;
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        const auto* text = literal_of<std::string>(*list.items[i]);
        const auto* number = literal_of<double>(*list.items[i]);
        const auto read = text != nullptr ? expr::text::parse_number(*text) : std::nullopt;
        if (type == Type::kNumber ? !read : number == nullptr) return std::nullopt;
        if (i < kMostWritten)
            items += (i == 0 ? "" : ", ") + (type == Type::kNumber ? digits_of(*read) : in_quotes(digits_of(*number)));
    }
    return '[' + items + (list.items.size() > kMostWritten ? ", …]" : "]");
}

/// Items of another type than the property.
void items_of_other_type(const Comparison& c, const expr::syntax::ListOf& list, Lines& lines) {
    const auto property = c.property_text();
    if (const auto numbers = items_as(list, Type::kNumber); numbers && c.has(Type::kNumber))
        lines.push_back(c.says(Type::kNumber) + " and the items are strings: write " +
                        c.rewritten(c.has(Type::kString) ? cast("number", property) : property, *numbers));
    if (const auto texts = items_as(list, Type::kString); texts && c.has(Type::kString) && !c.has(Type::kNumber))
        lines.push_back(c.says(Type::kString) + " and the items are numbers: write " + c.rewritten(property, *texts));
}

/// `"a,b"` as `["a", "b"]`; empty when there is no comma.
std::string split(std::string_view text) {
    if (text.find(',') == std::string_view::npos) return {};
    std::string items;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(',', begin), text.size());
        auto item = text.substr(begin, end - begin);
        item.remove_prefix(std::min(item.find_first_not_of(' '), item.size()));
        item = item.substr(0, item.find_last_not_of(' ') + 1);
        items += (items.empty() ? "" : ", ") + in_quotes(item);
        begin = end + 1;
        constexpr std::size_t kLongest = 200;
        if (items.size() > kLongest) return '[' + items + ", …]";
    }
    return '[' + items + ']';
}

Lines in_advice(const Comparison& c) {
    Lines lines;
    const auto property = c.property_text();
    const auto other = c.other_text();
    if (c.property_is_left()) {
        const auto* list = std::get_if<expr::syntax::ListOf>(&c.other->is);
        if (list != nullptr && !list->items.empty() && c.has(Type::kList)) lines.push_back(list_in_list(c, *list));
        if (list != nullptr && !list->items.empty()) items_of_other_type(c, *list, lines);
        const auto* text = literal_of<std::string>(*c.other);
        if (const auto items = text == nullptr ? std::string() : split(*text); !items.empty())
            lines.push_back(other + " is one text: write " + c.rewritten(property, items));
        else if (text != nullptr)
            lines.push_back(c.rewritten(property, other) + " asks whether the property is a part of " + other +
                            ": write " + (c.is_negated ? "not " : "") + other + " in " + property + " for the reverse");
        return lines;
    }
    if (literal_of<double>(*c.other) != nullptr && c.has(Type::kString))
        lines.push_back(c.says(Type::kString) + ", and a string contains only strings: write " +
                        c.rewritten(property, in_quotes(other)));
    if (std::holds_alternative<expr::syntax::Literal>(c.other->is) && c.has(Type::kNumber))
        lines.push_back(c.says(Type::kNumber) + ", and a number contains nothing: compare it, or search string(" +
                        property + ')');
    return lines;
}

/// `not properties["x"]`
Lines bare_not(const PropertyUse& use) {
    Lines lines;
    const auto name = text_of(*use.node);
    for (const auto type : {Type::kNumber, Type::kString, Type::kList, Type::kObject})
        if (use.types[type] > 0)
            lines.push_back(name + " is " + with_article(type) + " on " + profiles_text(use.types[type]) +
                            ", and 'not' of " + with_article(type) + " is undefined: write not boolean(" + name + ')');
    return lines;
}

/// `number(properties["x"]) > …`
Lines of_number(const Comparison& c, const std::string* text) {
    if (text != nullptr) {
        const auto number = expr::text::parse_number(*text);
        return {c.property_text() + " is a number and " + c.other_text() + " is a string: " +
                (number ? "write " + c.rewritten(c.property_text(), digits_of(*number))
                        : std::string(is_equality(c.op()) ? "the two are never equal" : "neither is greater"))};
    }
    const bool is_ever_a_number = c.use->number_texts > 0 || c.has(Type::kNumber) || c.has(Type::kBoolean);
    if (is_ever_a_number || !c.has(Type::kString)) return {};
    return {c.property_text() + " is undefined on " + profiles_text(c.use->types[Type::kString]) +
            ": none of the strings of " + text_of(*c.use->node) + " is a number"};
}

}  // namespace

std::vector<std::string> type_advice(const Comparison& comparison) {
    if (is_comparison(comparison.op())) return comparison_advice(comparison);
    return comparison.op() == BinaryOp::kIn ? in_advice(comparison) : Lines{};
}

std::vector<std::string> cast_advice(const Condition& condition) {
    if (condition.properties.size() != 1) return {};
    const auto& use = condition.properties.front();
    if (condition.negation != nullptr && condition.node == use.node) return bare_not(use);
    const auto* binary = std::get_if<expr::syntax::Binary>(&condition.node->is);
    if (binary == nullptr || !is_comparison(binary->op)) return {};
    const bool is_left = std::holds_alternative<expr::syntax::Call>(binary->left->is);
    const auto& call = is_left ? *binary->left : *binary->right;
    const auto& constant = is_left ? *binary->right : *binary->left;
    const auto operands = expr::syntax::operands_of(call);
    if (operands.size() != 1 || operands.front() != use.node ||
        !std::holds_alternative<expr::syntax::Literal>(constant.is))
        return {};
    const Comparison c{binary, &use, &call, &constant, condition.is_negated};
    const auto* text = literal_of<std::string>(constant);
    if (is_call(call, expr::syntax::Function::kNumber)) return of_number(c, text);
    const auto* number = literal_of<double>(constant);
    if (is_call(call, expr::syntax::Function::kString) && number != nullptr)
        return {c.property_text() + " is a string and " + c.other_text() + " is a number: write " +
                c.rewritten(c.property_text(), in_quotes(digits_of(*number)))};
    const auto boolean = text != nullptr ? boolean_of(*text) : std::nullopt;
    if (is_call(call, expr::syntax::Function::kBoolean) && is_equality(c.op()) && boolean)
        return {c.property_text() + " is a boolean and " + c.other_text() + " is a string: write " +
                c.rewritten(c.property_text(), *boolean)};
    return {};
}

}  // namespace engage::server::explain
