#include "tests/support/random_expression.hpp"

#include <cctype>
#include <cstddef>
#include <string_view>

#include "expr/syntax/signature.hpp"

namespace engage::test {
namespace {

using expr::syntax::Grammar;
using expr::syntax::Shape;
using expr::syntax::Signature;

constexpr int kDeepest = 4;

/// An argument with which a function gives more than undefined. Functions without one take any operand.
struct Useful {
    expr::syntax::Function function;
    std::size_t position;
    std::string_view text;
};

constexpr Useful kUseful[] = {
    {expr::syntax::Function::kLeft, 1, "2"},
    {expr::syntax::Function::kMid, 1, "1"},
    {expr::syntax::Function::kSplit, 1, R"("-")"},
    {expr::syntax::Function::kSplit, 2, "1"},
    {expr::syntax::Function::kParseUrl, 1, R"("domain")"},
    {expr::syntax::Function::kRegexMatch, 1, R"("[a-p]+")"},
    {expr::syntax::Function::kRegexExtract, 1, R"("(o)|a")"},
    {expr::syntax::Function::kRegexExtract, 2, "1"},
    {expr::syntax::Function::kRegexReplace, 1, R"("a*")"},
    {expr::syntax::Function::kDatedif, 2, R"("D")"},
};

class Writer {
public:
    Writer(std::mt19937& random, Grammar grammar, const std::vector<std::string>& names)
        : random_(random), grammar_(grammar), names_(names) {}

    std::string expression(int levels) {
        if (levels == 0) return leaf();
        switch (below(12)) {
            case 0:
                return expression(levels - 1) + pick(logical_words()) + expression(levels - 1);
            case 1:
                return pick(negations()) + nested(levels);
            case 2:
                return operand(levels) + " in " + operand(levels);
            case 3:
                return operand(levels) + pick(arithmetic()) + operand(levels);
            case 4:
                return call(levels);
            case 5:
                return '(' + expression(levels - 1) + ')';
            case 6:
                return has(Grammar::kEngage) ? extension(levels) : call(levels);
            case 7:
            case 8:
                return has(Grammar::kFull) ? formula(levels) : comparison(levels);
            default:
                return comparison(levels);
        }
    }

private:
    using Words = std::vector<std::string_view>;

    std::size_t below(std::size_t count) { return random_() % count; }
    std::string pick(const Words& words) { return std::string(words[below(words.size())]); }
    bool has(Grammar grammar) const { return grammar_ >= grammar; }
    std::string nested(int levels) { return '(' + expression(levels - 1) + ')'; }
    std::string operand(int levels) { return below(3) == 0 ? nested(levels) : leaf(); }

    Words logical_words() const {
        Words words{" and ", " or "};
        if (has(Grammar::kEngage)) words.insert(words.end(), {" AND ", " Or "});
        if (has(Grammar::kLenient)) words.insert(words.end(), {" && ", " || "});
        return words;
    }
    Words negations() const {
        Words words{"not ", "- "};
        if (has(Grammar::kEngage)) words.push_back("NOT ");
        if (has(Grammar::kLenient)) words.push_back("!");
        return words;
    }
    Words arithmetic() const {
        Words words{" + ", " - "};
        if (has(Grammar::kEngage)) words.insert(words.end(), {" * ", " / ", " % "});
        return words;
    }

    std::string property() {
        static const Words kScopes{"properties", "user"};
        return pick(kScopes) + "[\"" + names_[below(names_.size())] + "\"]";
    }
    std::string literal() {
        static const Words kKnown{
            "true",         "false",   "0",    "-2.5",  "1",      "12",        "1700000000",
            "NOW",          "\"Pro\"", "\"\"", "\"a\"", "\"12\"", "\"false\"", "\"2026-09-01T00:00:00\"",
            "\"\\\"\\\\é\""};
        static const Words kMore{"undefined", "null", "TRUE", "[]", "[1, \"a\", null]", "'it\\'s'", "event[\"x\"]"};
        return has(Grammar::kEngage) && below(3) == 0 ? pick(kMore) : pick(kKnown);
    }
    std::string leaf() {
        if (!variables_.empty() && below(2) == 0) return variables_[below(variables_.size())];
        return below(3) == 0 ? literal() : property();
    }
    std::string comparison(int levels) {
        static const Words kOperators{" == ", " != ", " < ", " <= ", " > ", " >= "};
        return operand(levels) + pick(kOperators) + operand(levels);
    }
    /// A function that formulas do not have alone.
    std::string call(int levels) {
        const auto& function =
            pick_function([&](const auto& one) { return one.shape == Shape::kPlain && one.grammar < Grammar::kFull; });
        auto text = spelled(function);
        for (std::size_t i = 0; i < function.least; ++i) text += (i == 0 ? "" : ", ") + expression(levels - 1);
        return text + ')';
    }
    const Signature& pick_function(const auto& is_meant) {
        std::vector<const Signature*> functions;
        for (const auto& one : expr::syntax::all_functions())
            if (has(one.grammar) && is_meant(one)) functions.push_back(&one);
        return *functions[below(functions.size())];
    }
    /// The name and what opens its arguments.
    std::string spelled(const Signature& function) {
        std::string name(function.name);
        if (!has(Grammar::kEngage) || below(3) != 0) return name + '(';
        for (auto& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        return name + (below(2) == 0 ? " (" : "(");
    }
    std::string extension(int levels) {
        switch (below(has(Grammar::kLenient) ? 7 : 5)) {
            case 0:
                return '[' + expression(levels - 1) + ", " + expression(levels - 1) + ']';
            case 1:
                return nested(levels) + '[' + expression(levels - 1) + ']';
            case 2:
                return operand(levels) + " not in " + operand(levels);
            case 3:
                return operand(levels) + " = " + operand(levels);
            case 4:
                return "string(" + expression(levels - 1) + ", " + leaf() + ')';
            case 5:
                return operand(levels) + " contains " + operand(levels);
            default:
                return nested(levels) + "-1 == now";
        }
    }

    std::string formula(int levels) {
        const auto& function = pick_function([](const auto& one) { return one.grammar == Grammar::kFull; });
        if (function.shape == Shape::kScan) return binder(function, levels);
        if (function.shape == Shape::kLet) return let(function, levels);
        auto count = function.least;
        do count = function.least + below(3);
        while (!expr::syntax::takes(function, count));
        auto text = spelled(function);
        for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ", ") + argument(function, i, levels);
        return text + ')';
    }
    std::string argument(const Signature& function, std::size_t position, int levels) {
        for (const auto& useful : kUseful)
            if (useful.function == function.function && useful.position == position && below(4) != 0)
                return std::string(useful.text);
        return position == 0 && below(3) == 0 ? expression(levels - 1) : operand(levels);
    }
    std::string binder(const Signature& function, int levels) {
        const auto name = new_name();
        auto text = spelled(function) + name + ", " + expression(levels - 1) + ", ";
        variables_.push_back(name);
        text += expression(levels - 1) + ')';
        variables_.pop_back();
        return text;
    }
    std::string let(const Signature& function, int levels) {
        const auto known = variables_.size();
        auto text = spelled(function);
        for (auto pairs = below(2) + 1; pairs > 0; --pairs) {
            const auto name = new_name();
            text += name + ", " + expression(levels - 1) + ", ";
            variables_.push_back(name);
        }
        text += expression(levels - 1) + ')';
        variables_.resize(known);
        return text;
    }
    std::string new_name() {
        static const Words kNames{"X", "x", "item", "len"};
        return pick(kNames);
    }

    std::mt19937& random_;
    Grammar grammar_;
    const std::vector<std::string>& names_;
    std::vector<std::string> variables_;
};

}  // namespace

std::string random_expression(std::mt19937& random, Grammar grammar, const std::vector<std::string>& names) {
    Writer writer(random, grammar, names);
    return writer.expression(kDeepest);
}

}  // namespace engage::test
