#include "expr/syntax/diagnose.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

#include "expr/syntax/foreign_words.hpp"
#include "expr/text/spelling.hpp"
#include "expr/text/text.hpp"

namespace engage::expr::syntax {
namespace {

/// Symbols of other languages.
constexpr std::array kSymbols{
    foreign::Advice{"&&", "'&&' is not an operator: write 'and'", true},
    foreign::Advice{"&", "'&' is not an operator: write 'and'"},
    foreign::Advice{"||", "'||' is not an operator: write 'or'", true},
    foreign::Advice{"|", "'|' is not an operator: write 'or'"},
    foreign::Advice{"!", "'!' is not an operator: write 'not'", true},
    foreign::Advice{"`", "expected a string in double quotes instead of '`'"},
    foreign::Advice{"\u201c", "expected a straight double quote (\") instead of a typographic one"},
    foreign::Advice{"\u201d", "expected a straight double quote (\") instead of a typographic one"},
    foreign::Advice{"\u2018", "expected a straight double quote (\") instead of a typographic one"},
    foreign::Advice{"\u2019", "expected a straight double quote (\") instead of a typographic one"},
    foreign::Advice{"//", "there are no comments"},
};

/// Operators that end one character too late; the first is what the grammar has taken already.
constexpr std::array kLongOperators{
    foreign::Advice{"===", "'===' is not an operator: write '=='"},
    foreign::Advice{"!==", "'!==' is not an operator: write '!='"},
    foreign::Advice{"<>", "'<>' is not an operator: write '!='"},
    foreign::Advice{"=>", "'=>' is not an operator: write '>='"},
    foreign::Advice{"=<", "'=<' is not an operator: write '<='"},
    foreign::Advice{"//", "there are no comments"},
    foreign::Advice{"=~",
                    "there is no pattern match; 'in' tests for a part of a text: \"part\" in properties[\"name\"]"},
};

constexpr std::array<std::string_view, 4> kWritableScopes{"properties", "user", "event", "behaviors"};
constexpr std::array<std::string_view, 3> kInfixWords{"and", "or", "in"};
bool is_word_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

std::string_view word_at(std::string_view text, std::size_t offset) {
    auto end = offset;
    while (end < text.size() && is_word_char(text[end])) ++end;
    return text.substr(offset, end - offset);
}

/// The word that ends before `offset`, blanks between them left out.
std::string_view word_before(std::string_view text, std::size_t offset) {
    const auto end = text.substr(0, offset).find_last_not_of(text::kBlank) + 1;
    auto begin = end;
    while (begin > 0 && is_word_char(text[begin - 1])) --begin;
    return text.substr(begin, end - begin);
}

std::size_t skip_blanks(std::string_view text, std::size_t offset) {
    return std::min(text.find_first_not_of(text::kBlank, offset), text.size());
}

/// The words of `phrase` as they are written at `offset`, one blank between them; empty when others stand there.
std::string phrase_at(std::string_view text, std::size_t offset, std::string_view phrase) {
    std::string words;
    for (std::size_t begin = 0; begin < phrase.size();) {
        const auto wanted = word_at(phrase, begin);
        const auto word = word_at(text, offset);
        if (!text::equal_ignoring_case(wanted, word)) return {};
        if (!words.empty()) words += ' ';
        words += word;
        begin += wanted.size() + 1;
        offset = skip_blanks(text, offset + word.size());
    }
    return words;
}

template <class Table>
bool holds(const Table& table, std::string_view word) {
    return std::any_of(table.begin(), table.end(), [&](auto entry) { return text::equal_ignoring_case(entry, word); });
}

std::string_view advice_text(const foreign::Advice& advice, Grammar grammar) {
    return advice.is_lenient && grammar == Grammar::kLenient ? std::string_view() : advice.text;
}

std::string_view advice_on_value(std::string_view word, Grammar grammar) {
    for (const auto& advice : foreign::kValueWords)
        if (text::equal_ignoring_case(advice.written, word)) return advice_text(advice, grammar);
    return {};
}

std::string_view advice_on_symbol(std::string_view text, std::size_t offset, Grammar grammar) {
    for (const auto& advice : kLongOperators) {
        const auto taken = advice.written.size() - 1;
        if (offset >= taken && text.substr(offset - taken).starts_with(advice.written)) return advice.text;
    }
    for (const auto& advice : kSymbols)
        if (text.substr(offset).starts_with(advice.written)) return advice_text(advice, grammar);
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
    return text::suggestion(lower, known);
}

/// Arguments for an example of a call.
/// A longer word is shortened in a message; words are ASCII.
constexpr std::size_t kLongestName = 60;

std::string_view arguments_for(Shape shape) {
    if (shape == Shape::kScan) return "(x, properties[\"list\"], x > 1)";
    return shape == Shape::kLet ? "(x, properties[\"name\"], x + 1)" : "(properties[\"name\"])";
}

/// A word where a value was expected that is neither a known mistake nor a call.
std::string explain_name(std::string_view name, std::string_view after, Grammar grammar) {
    if (holds(kInfixWords, name)) return join({"expected a value before '", name, "'"});
    const auto has_bracket = after.substr(skip_blanks(after, 0)).starts_with('[');
    if (has_bracket && holds(kWritableScopes, name)) return join({"'", name, "' is written in lower case"});
    if (has_bracket) {
        if (const auto advice = suggestion_for(name, kWritableScopes); !advice.empty())
            return join({"unknown accessor '", name, "'", advice});
        return join({"unknown accessor '", name.substr(0, kLongestName),
                     "': use properties[\"name\"], user[\"name\"] or behaviors[\"name\"]"});
    }
    if (const auto* function = find_function(name, grammar))
        return join({"expected '(' after '", name, "', e.g. ", function->name, arguments_for(function->shape)});
    if (name.size() > kLongestName) return join({"unknown name '", name.substr(0, kLongestName), "…'"});
    return join(
        {"unknown name '", name, "': write properties[\"", name, "\"] for a property, \"", name, "\" for a text"});
}

/// Whether the expression begins with a word of the query that it would be a part of elsewhere: "where a == 1".
bool begins_query(std::string_view text, std::size_t offset, std::string_view word) {
    const bool is_select = text::equal_ignoring_case(word, "select");
    if (skip_blanks(text, 0) != offset || !(is_select || text::equal_ignoring_case(word, "where"))) return false;
    const auto after = skip_blanks(text, offset + word.size());
    const auto next = word_at(text, after);
    if (!next.empty()) return !holds(kInfixWords, next);
    const char symbol = after < text.size() ? text[after] : '\0';
    return symbol == '"' || symbol == '\'' || (is_select && symbol == '*');
}

/// Whether the comma at `offset` is in parentheses that stand behind 'in': the list of other languages.
bool is_in_parenthesized_list(std::string_view text, std::size_t offset) {
    if (text[offset] != ',') return false;
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < offset; ++i) {
        const char c = text[i];
        if (c == '"' || c == '\'')
            while (++i < offset && text[i] != c) i += text[i] == '\\' ? 1 : 0;
        else if (c == '(' || c == '[')
            open.push_back(i);
        else if ((c == ')' || c == ']') && !open.empty())
            open.pop_back();
    }
    return !open.empty() && text[open.back()] == '(' && text::equal_ignoring_case(word_before(text, open.back()), "in");
}

bool is_glued_minus(std::string_view text, std::size_t offset) {
    if (text[offset] != '-' || offset + 1 >= text.size()) return false;
    const char next = text[offset + 1];
    return next == '.' || (next >= '0' && next <= '9');
}

const foreign::FunctionAdvice* find_function_advice(std::string_view name) {
    for (const auto& advice : foreign::kTextTests)
        if (text::equal_ignoring_case(advice.written, name)) return &advice;
    for (const auto& advice : foreign::kFunctionWords)
        if (text::equal_ignoring_case(advice.written, name)) return &advice;
    return nullptr;
}

std::string_view advice_text(const foreign::FunctionAdvice& advice, Grammar grammar) {
    return grammar >= Grammar::kFull ? advice.text_in_full : advice.text;
}

/// What stands at `offset`, where an operator was expected.
std::string explain_operator(std::string_view text, std::size_t offset, std::string_view expected, Grammar grammar) {
    // The server reads "NOW -604800" as a name followed by a negative number.
    if (is_glued_minus(text, offset)) return "expected an operator: write a space after '-', as in 'NOW - 604800'";
    if (is_in_parenthesized_list(text, offset)) return "a list is written in brackets: [\"pro\", \"free\"]";
    if (text[offset] == '(' && text::equal_ignoring_case(word_before(text, offset), "now"))
        return std::string(foreign::kNow);
    const auto refusal = [&](std::string_view written, std::string_view advice) {
        const auto words = advice.empty() ? std::string() : phrase_at(text, offset, written);
        return words.empty() ? std::string() : join({"'", words, "' is not an operator: ", advice});
    };
    for (const auto& advice : foreign::kOperatorWords)
        if (auto message = refusal(advice.written, advice_text(advice, grammar)); !message.empty()) return message;
    for (const auto& advice : foreign::kTextTests)
        if (auto message = refusal(advice.written, advice_text(advice, grammar)); !message.empty()) return message;
    return std::string(expected);
}

}  // namespace

std::string explain(std::string_view text, std::size_t offset, Wanted wanted, std::string_view expected,
                    Grammar grammar) {
    if (offset >= text.size() || wanted == Wanted::kQuote || wanted == Wanted::kOther) return std::string(expected);
    if (const auto advice = advice_on_symbol(text, offset, grammar); !advice.empty()) return std::string(advice);
    if (wanted == Wanted::kOperator) return explain_operator(text, offset, expected, grammar);
    const auto word = word_at(text, offset);
    if (word.empty()) return std::string(expected);
    if (begins_query(text, offset, word))
        return text::equal_ignoring_case(word, "where")
                   ? join({"the expression stands alone: drop the word '", word, "'"})
                   : "the expression stands alone: write only what follows 'where'";
    if (const auto advice = advice_on_value(word, grammar); !advice.empty()) return std::string(advice);
    return explain_name(word, text.substr(offset + word.size()), grammar);
}

std::string explain_function(std::string_view name, Grammar grammar) {
    if (holds(kInfixWords, name)) return join({"expected a value before '", name, "'"});
    if (const auto* function = find_function(name, Grammar::kEngage))
        return explain_beyond(
            {.construct = Construct::kFunction, .function = function->function, .least = function->grammar, .at = {}});
    const auto* advice = find_function_advice(name);
    if (find_function(name, Grammar::kLenient))
        return join({"'", name, "' is part of the full expression language, not accepted by the engage endpoint",
                     advice ? ": " : "", advice ? advice_text(*advice, grammar) : ""});
    if (advice) return join({"unknown function '", name, "': ", advice_text(*advice, grammar)});
    std::vector<std::string_view> known;
    for (const auto& function : all_functions())
        if (function.grammar <= grammar) known.push_back(function.name);
    const auto is_long = name.size() > kLongestName;
    auto message = join({"unknown function '", name.substr(0, kLongestName), is_long ? "…'" : "'"});
    if (const auto nearest = suggestion_for(name, known); !nearest.empty()) return message + nearest;
    std::string_view separator = ": known are ";
    for (const auto function : known) message += join({std::exchange(separator, ", "), function});
    return message;
}

std::string explain_beyond(const Use& use) {
    return name_of(use) + " is not known to be accepted by the engage endpoint (where.grammar=H)";
}

std::string explain_arity(const Signature& function, std::size_t count) {
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

}  // namespace engage::expr::syntax
