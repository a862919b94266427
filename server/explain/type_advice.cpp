#include "server/explain/type_advice.hpp"

#include "expr/numbers.hpp"

namespace engage::server {

namespace {

using expr::BinaryOp;
using expr::Node;
using expr::Type;
using Lines = std::vector<std::string>;

std::string cast(const char* function, const std::string& text) { return std::string(function) + '(' + text + ')'; }

/// NOW, or NOW plus or minus something.
bool is_clock(const Node& node) {
    if (literal_of<expr::Now>(node) != nullptr) return true;
    const auto* binary = std::get_if<expr::Binary>(&node.is);
    return binary != nullptr && literal_of<expr::Now>(*binary->left) != nullptr;
}

/// A constant in quotes.
void against_text(const Comparison& c, const std::string& text, Lines& lines) {
    const auto property = c.property_text();
    const auto begin = " and " + c.other_text() + " is a string: ";
    if (c.has(Type::kNumber)) {
        const auto number = expr::parse_number(text);
        const auto digits = number ? std::string(expr::NumberText(*number).view()) : std::string();
        if (!number)
            lines.push_back(c.says(Type::kNumber) + begin +
                            (is_equality(c.op()) ? "the two are never equal" : "neither is greater"));
        else
            lines.push_back(c.says(Type::kNumber) + begin + "write " +
                            c.rewritten(c.has(Type::kString) ? cast("number", property) : property, digits));
    }
    if (c.has(Type::kBoolean) && is_equality(c.op()) && (text == "true" || text == "false"))
        lines.push_back(c.says(Type::kBoolean) + begin + "write " + c.rewritten(property, text));
}

void against_number(const Comparison& c, Lines& lines) {
    if (!c.has(Type::kString)) return;
    auto line = c.says(Type::kString) + " and " + c.other_text() + " is a number: ";
    if (is_clock(*c.other) && c.use->date_texts > 0)
        line += "write " + c.rewritten(cast("datetime", c.property_text()), cast("datetime", c.other_text()));
    else if (c.use->number_texts > 0)
        line += "write " + c.rewritten(cast("number", c.property_text()), c.other_text());
    else
        line += "none of the strings is a number";
    lines.push_back(std::move(line));
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
    if (c.has(Type::kObject))
        lines.push_back(c.says(Type::kObject) + ", and an object never equals one value: write " +
                        c.rewritten(property + '[' + quoted(c.use->member_example) + ']', other) +
                        ", with the member that you mean");
}

Lines comparison_advice(const Comparison& c) {
    Lines lines;
    const auto property = c.property_text();
    if (const auto* text = literal_of<std::string>(*c.other)) against_text(c, *text, lines);
    if (literal_of<double>(*c.other) != nullptr || is_clock(*c.other)) against_number(c, lines);
    if (literal_of<bool>(*c.other) != nullptr && is_equality(c.op()) && c.has(Type::kString))
        lines.push_back(c.says(Type::kString) + " and " + c.other_text() + " is a boolean: write " +
                        c.rewritten(property, quoted(c.other_text())));
    if (is_call(*c.other, expr::Function::kDatetime) && c.has(Type::kNumber))
        lines.push_back(c.says(Type::kNumber) + ", and a number is a date only after a cast: write " +
                        c.rewritten(cast("datetime", property), c.other_text()));
    if (std::holds_alternative<expr::Literal>(c.other->is) && is_equality(c.op())) against_one_value(c, lines);
    return lines;
}

/// `properties["tags"] in ["a", "b"]`
std::string list_in_list(const Comparison& c, const expr::ListOf& list) {
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

Lines in_advice(const Comparison& c) {
    Lines lines;
    const auto property = c.property_text();
    const auto other = c.other_text();
    if (c.property_is_left()) {
        const auto* list = std::get_if<expr::ListOf>(&c.other->is);
        if (list != nullptr && !list->items.empty() && c.has(Type::kList)) lines.push_back(list_in_list(c, *list));
        if (literal_of<std::string>(*c.other) != nullptr)
            lines.push_back(c.rewritten(property, other) + " asks whether the property is a part of " + other +
                            ": write " + (c.is_negated ? "not " : "") + other + " in " + property + " for the reverse");
        return lines;
    }
    if (literal_of<double>(*c.other) != nullptr && c.has(Type::kString))
        lines.push_back(c.says(Type::kString) + ", and a string contains only strings: write " +
                        c.rewritten(property, quoted(other)));
    if (std::holds_alternative<expr::Literal>(c.other->is) && c.has(Type::kNumber))
        lines.push_back(c.says(Type::kNumber) + ", and a number contains nothing: compare it, or search string(" +
                        property + ')');
    return lines;
}

}  // namespace

std::vector<std::string> type_advice(const Comparison& comparison) {
    if (is_comparison(comparison.op())) return comparison_advice(comparison);
    return comparison.op() == BinaryOp::kIn ? in_advice(comparison) : Lines{};
}

}  // namespace engage::server
