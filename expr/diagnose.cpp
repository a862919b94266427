#include "expr/diagnose.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

#include "expr/operators.hpp"
#include "expr/spelling.hpp"

namespace engage::expr {
namespace {

struct Advice {
    std::string_view written;
    std::string_view text;
    bool is_lenient = false;  ///< Not a mistake in `Grammar::kLenient`.
};

/// Symbols of other languages.
constexpr std::array kSymbols{
    Advice{"&&", "'&&' is not an operator: write 'and'", true},
    Advice{"&", "'&' is not an operator: write 'and'"},
    Advice{"||", "'||' is not an operator: write 'or'", true},
    Advice{"|", "'|' is not an operator: write 'or'"},
    Advice{"!", "'!' is not an operator: write 'not'", true},
    Advice{"`", "expected a string in double quotes instead of '`'"},
    Advice{"\u201c", "expected a straight double quote (\") instead of a typographic one"},
    Advice{"\u201d", "expected a straight double quote (\") instead of a typographic one"},
    Advice{"//", "there are no comments"},
};

/// Operators that end one character too late; the first is what the grammar has taken already.
constexpr std::array kLongOperators{
    Advice{"===", "'===' is not an operator: write '=='"},
    Advice{"!==", "'!==' is not an operator: write '!='"},
    Advice{"<>", "'<>' is not an operator: write '!='"},
    Advice{"=>", "'=>' is not an operator: write '>='"},
    Advice{"=<", "'=<' is not an operator: write '<='"},
    Advice{"//", "there are no comments"},
    Advice{"=~", "there is no pattern match; 'in' tests for a part of a text: \"part\" in properties[\"name\"]"},
};

constexpr std::string_view kContains =
    "write '\"value\" in properties[\"name\"]': 'in' tests for a part of a text or an item of a list";

/// Words that other languages use as an operator.
constexpr std::array kOperatorWords{
    Advice{"contains", kContains, true},
    Advice{"has", kContains, true},
    Advice{"includes", kContains},
    Advice{"like", kContains},
    Advice{"matches", kContains},
    Advice{"is", "write '==', or 'defined(properties[\"name\"])'"},
    Advice{"eq", "write '=='"},
    Advice{"ne", "write '!='"},
    Advice{"between", "write 'properties[\"name\"] >= 1 and properties[\"name\"] <= 9'"},
    Advice{"not", "write 'not in', or 'and not'"},
};

/// Words that other languages use as a value.
constexpr std::array kValueWords{
    Advice{"now", "write NOW in capitals", true},
    Advice{"inf", "'inf' is not a number of the language"},
    Advice{"infinity", "'infinity' is not a number of the language"},
    Advice{"nan", "'nan' is not a number of the language"},
    Advice{"none", "write 'null' or 'undefined'"},
    Advice{"nil", "write 'null' or 'undefined'"},
};

constexpr std::array<std::string_view, 4> kScopes{"properties", "user", "event", "behaviors"};
constexpr std::array<std::string_view, 3> kInfixWords{"and", "or", "in"};

bool is_word_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

std::string_view word_at(std::string_view text, std::size_t offset) {
    auto end = offset;
    while (end < text.size() && is_word_char(text[end])) ++end;
    return text.substr(offset, end - offset);
}

template <class Table>
bool holds(const Table& table, std::string_view word) {
    return std::any_of(table.begin(), table.end(), [&](auto entry) { return equal_ignoring_case(entry, word); });
}

std::string_view text_of(const Advice& advice, Grammar grammar) {
    return advice.is_lenient && grammar == Grammar::kLenient ? std::string_view() : advice.text;
}

template <class Table>
std::string_view advice_on_word(const Table& table, std::string_view word, Grammar grammar) {
    for (const Advice& advice : table)
        if (equal_ignoring_case(advice.written, word)) return text_of(advice, grammar);
    return {};
}

std::string_view advice_on_symbol(std::string_view text, std::size_t offset, Grammar grammar) {
    for (const auto& advice : kLongOperators) {
        const auto taken = advice.written.size() - 1;
        if (offset >= taken && text.substr(offset - taken).starts_with(advice.written)) return advice.text;
    }
    for (const auto& advice : kSymbols)
        if (text.substr(offset).starts_with(advice.written)) return text_of(advice, grammar);
    return {};
}

std::string join(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const auto part : parts) text += part;
    return text;
}

/// "; did you mean 'properties'?" of the nearest in any letter case, otherwise nothing.
std::string suggestion_for(std::string_view name, std::span<const std::string_view> known) {
    std::string lower(name);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return suggestion(lower, known);
}

/// Arguments for an example of a call.
std::string_view arguments_for(Shape shape) {
    if (shape == Shape::kScan) return "(x, properties[\"list\"], x > 1)";
    return shape == Shape::kLet ? "(x, properties[\"name\"], x + 1)" : "(properties[\"name\"])";
}

/// A word where a value was expected that is neither a known mistake nor a call.
std::string explain_name(std::string_view name, std::string_view after, Grammar grammar) {
    if (holds(kInfixWords, name)) return join({"expected a value before '", name, "'"});
    const auto start = after.find_first_not_of(" \t\r\n");
    const auto has_bracket = start != std::string_view::npos && after[start] == '[';
    if (has_bracket && holds(kScopes, name)) return join({"'", name, "' is written in lower case"});
    if (has_bracket) {
        if (const auto advice = suggestion_for(name, kScopes); !advice.empty())
            return join({"unknown accessor '", name, "'", advice});
        return join({"unknown accessor '", name, "': use properties[\"name\"], user[\"name\"] or behaviors[\"name\"]"});
    }
    if (const auto* function = find_function(name, grammar))
        return join({"expected '(' after '", name, "', e.g. ", function->name, arguments_for(function->shape)});
    return join(
        {"unknown name '", name, "': write properties[\"", name, "\"] for a property, \"", name, "\" for a text"});
}

bool is_glued_minus(std::string_view text, std::size_t offset) {
    if (text[offset] != '-' || offset + 1 >= text.size()) return false;
    const char next = text[offset + 1];
    return next == '.' || (next >= '0' && next <= '9');
}

}  // namespace

std::string explain(std::string_view text, std::size_t offset, Wanted wanted, std::string_view expected,
                    Grammar grammar) {
    if (offset >= text.size() || wanted == Wanted::kQuote || wanted == Wanted::kOther) return std::string(expected);
    if (const auto advice = advice_on_symbol(text, offset, grammar); !advice.empty()) return std::string(advice);
    const auto word = word_at(text, offset);
    if (wanted == Wanted::kOperator) {
        // The server reads "NOW -604800" as a name followed by a negative number.
        if (is_glued_minus(text, offset)) return "expected an operator: write a space after '-', as in 'NOW - 604800'";
        if (const auto advice = advice_on_word(kOperatorWords, word, grammar); !advice.empty())
            return join({"'", word, "' is not an operator: ", advice});
        return std::string(expected);
    }
    if (word.empty()) return std::string(expected);
    if (const auto advice = advice_on_word(kValueWords, word, grammar); !advice.empty()) return std::string(advice);
    return explain_name(word, text.substr(offset + word.size()), grammar);
}

std::string explain_function(std::string_view name, Grammar grammar) {
    if (holds(kInfixWords, name)) return join({"expected a value before '", name, "'"});
    if (const auto* function = find_function(name, Grammar::kEngage))
        return explain_beyond(
            {.construct = Construct::kFunction, .function = function->function, .least = function->grammar, .at = {}});
    if (find_function(name, Grammar::kLenient))
        return join({"'", name, "' is part of the full expression language, not accepted by the engage endpoint"});
    std::vector<std::string_view> known;
    for (const auto& function : all_functions())
        if (function.grammar <= grammar) known.push_back(function.name);
    auto message = join({"unknown function '", name, "'"});
    if (const auto advice = suggestion_for(name, known); !advice.empty()) return message + advice;
    std::string_view separator = ": known are ";
    for (const auto function : known) message += join({std::exchange(separator, ", "), function});
    return message;
}

std::string explain_beyond(const Use& use) {
    return name_of(use) + " is not known to be accepted by the engage endpoint (where.grammar=H)";
}

std::string explain_arity(const FunctionInfo& function, std::size_t count) {
    if (function.function == Function::kIfs)
        return join({function.name, "() takes pairs of a condition and a value, not ", std::to_string(count),
                     count == 1 ? " argument" : " arguments"});
    auto wanted = std::to_string(function.least);
    if (function.most == kAnyNumber)
        wanted += " or more";
    else if (function.most > function.least)
        wanted += " or " + std::to_string(function.most);
    const std::string_view noun = function.most == 1 ? " argument, not " : " arguments, not ";
    const std::string_view example = function.function == Function::kDatetime
                                         ? ", e.g. datetime(\"2026-09-01T00:00:00\") or datetime(NOW - 604800)"
                                         : "";
    return join({function.name, "() takes ", wanted, noun, std::to_string(count), example});
}

}  // namespace engage::expr
