#include "tests/support/random_expression.hpp"

#include <cstddef>
#include <string_view>

namespace engage::test {
namespace {

using expr::Grammar;

constexpr int kDeepest = 4;

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
    std::string call(int levels) {
        static const Words kKnown{"defined(", "number(", "string(", "list(", "datetime("};
        static const Words kMore{"boolean(", "floor(", "round(", "ceil(", "NUMBER ("};
        return (has(Grammar::kEngage) && below(2) == 0 ? pick(kMore) : pick(kKnown)) + expression(levels - 1) + ')';
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
        switch (below(5)) {
            case 0:
                return binder(levels);
            case 1:
                return let(levels);
            case 2:
                return "if(" + expression(levels - 1) + ", " + expression(levels - 1) + ", " + leaf() + ')';
            case 3:
                return (below(2) == 0 ? "AND(" : "or(") + expression(levels - 1) + ", " + leaf() + ')';
            default:
                return formula_call(levels);
        }
    }
    /// `$` stands for an operand.
    std::string formula_call(int levels) {
        static const Words kCalls{"has_prefix($, $)",
                                  "has_suffix($, $)",
                                  "min($, $)",
                                  "max($, $)",
                                  "upper($)",
                                  "lower($)",
                                  "len($)",
                                  "left($, 2)",
                                  "right($, $)",
                                  "mid($, 1, $)",
                                  "split($, \"-\")",
                                  "split($, \"-\", 1)",
                                  "parse_url($, \"domain\")",
                                  "regex_match($, \"[a-p]+\")",
                                  "regex_match($, $)",
                                  "regex_extract($, \"(o)|a\", 1)",
                                  "regex_replace($, \"a*\", $)",
                                  "datedif($, $, \"D\")",
                                  "today()",
                                  "sum($)",
                                  "typeof($)",
                                  "ifs($, $, true, $)"};
        std::string text;
        for (const char c : kCalls[below(kCalls.size())]) {
            if (c == '$')
                text += operand(levels);
            else
                text += c;
        }
        return text;
    }
    std::string binder(int levels) {
        static const Words kBinders{"any(", "all(", "map(", "FILTER("};
        const auto name = new_name();
        auto text = pick(kBinders) + name + ", " + expression(levels - 1) + ", ";
        variables_.push_back(name);
        text += expression(levels - 1) + ')';
        variables_.pop_back();
        return text;
    }
    std::string let(int levels) {
        const auto known = variables_.size();
        std::string text = "let(";
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
