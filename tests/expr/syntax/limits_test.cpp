#include <catch2/catch.hpp>
#include <string>

#include "expr/evaluation/program.hpp"
#include "expr/syntax/parse.hpp"

using namespace engage;

namespace {

std::string repeated(std::string_view text, std::size_t count) {
    std::string all;
    for (; count > 0; --count) all += text;
    return all;
}

std::string chain(std::string first, std::string_view term, std::size_t count) {
    return first += repeated(term, count);
}

struct EmptyRecord final : expr::values::Record {
    expr::values::View value(std::size_t, expr::values::Arena&) const override { return {}; }
};

/// The message, or "" for a text that is accepted and survives being printed, evaluated and destroyed.
std::string refusal_of(const std::string& text, expr::syntax::Grammar grammar = expr::syntax::Grammar::kEngage) {
    auto ast = expr::syntax::parse(text, grammar);
    if (!ast) return ast.error().message;
    expr::syntax::to_tree(*ast);
    const auto again = expr::syntax::parse(expr::syntax::to_text(*ast), grammar);
    // The text of a tree has blanks that the source may lack, so only its length may exceed what the source's does not.
    if (!again && !again.error().message.starts_with("longer than"))
        return "its own text is refused: " + again.error().message;
    const expr::evaluation::Program program(std::move(*ast));
    expr::values::Arena arena;
    program.matches(EmptyRecord(), {}, arena);
    return "";
}

struct Nest {
    const char* open;
    const char* inside;
    const char* close;
};

}  // namespace

TEST_CASE("nesting is accepted up to the limit and refused one level deeper", "[expr][limits]") {
    const auto nest = GENERATE(values<Nest>({{"(", "1", ")"},
                                             {"not ", "1", ""},
                                             {"1 == not ", "1", ""},
                                             {"- ", "1", ""},
                                             {"[", "1", "]"},
                                             {"number(", "1", ")"},
                                             {"(", "(1)[0]", ")[0]"},
                                             {"properties[\"a\"][", "0", "]"},
                                             {"1 + 2 * (", "1", ")"}}));
    CAPTURE(nest.open);
    const auto text = [&](std::size_t levels) {
        return repeated(nest.open, levels) + nest.inside + repeated(nest.close, levels);
    };
    const auto used = std::string(nest.inside) == "(1)[0]" ? 1U : 0U;
    CHECK(refusal_of(text(expr::syntax::kMaxNesting - used)) == "");
    CHECK(refusal_of(text(expr::syntax::kMaxNesting - used + 1)) == "nested deeper than 200 levels");
}

TEST_CASE("calls and binders of the full grammar nest no deeper", "[expr][limits]") {
    const auto nest = GENERATE(values<Nest>({{"any(x, [], ", "1", ")"},
                                             {"map(x, ", "[1]", ", x)"},
                                             {"let(x, ", "1", ", x)"},
                                             {"let(x, 1, ", "x", ")"},
                                             {"if(1, ", "1", ", 2)"},
                                             {"and(", "1", ", 2)"},
                                             {"regex_match(\"a\", ", "1", ")"},
                                             {"!", "1", ""}}));
    CAPTURE(nest.open);
    const auto text = [&](std::size_t levels) {
        return repeated(nest.open, levels) + nest.inside + repeated(nest.close, levels);
    };
    // The inner list of "any" and "map" is a level, too; a flattened `let` is one level deep but a deep tree.
    const std::size_t own = std::string(nest.inside) == "[1]" || std::string(nest.open).starts_with("any") ? 1 : 0;
    CHECK(refusal_of(text(expr::syntax::kMaxNesting - own), expr::syntax::Grammar::kLenient) == "");
    CHECK(refusal_of(text(expr::syntax::kMaxNesting - own + 1), expr::syntax::Grammar::kLenient) ==
          "nested deeper than 200 levels");
    CHECK(refusal_of(repeated(nest.open, 50'000), expr::syntax::Grammar::kLenient) == "nested deeper than 200 levels");
}

TEST_CASE("a let has as many names as a chain has operators", "[expr][limits]") {
    const auto let = [](std::size_t names) { return "let(" + repeated("a, 1, ", names) + "a)"; };
    CHECK(refusal_of(let(expr::syntax::kMaxTreeDepth), expr::syntax::Grammar::kFull) == "");
    CHECK(refusal_of(let(expr::syntax::kMaxTreeDepth + 1), expr::syntax::Grammar::kFull) ==
          "a chain of more than 1000 operators");
    CHECK(refusal_of(let(100'000), expr::syntax::Grammar::kFull) == "a chain of more than 1000 operators");
}

TEST_CASE("a value nests as deep as the tree without overflowing the stack", "[expr][limits]") {
    const auto* what = GENERATE("a == a", "string(a)", "a in [a]", "[a] != [a]");
    CHECK(refusal_of("let(a, [1], " + repeated("a, [a], ", 990) + what + ")", expr::syntax::Grammar::kFull) == "");
}

TEST_CASE("the offset of too deep a nesting is where the level begins", "[expr][limits]") {
    const auto ast = expr::syntax::parse(repeated("(", 5000));
    REQUIRE_FALSE(ast.has_value());
    CHECK(ast.error().offset == expr::syntax::kMaxNesting + 1);
}

TEST_CASE("half a million prefix operators or brackets do not overflow the stack", "[expr][limits]") {
    const auto* piece = GENERATE("(", "[", "- ", "not ", "number(", "1 in [", "properties[\"a\"][");
    CHECK(refusal_of(repeated(piece, 1'000'000 / std::string(piece).size())) == "nested deeper than 200 levels");
}

TEST_CASE("a chain of one operator is accepted up to the limit and refused one operator later", "[expr][limits]") {
    const auto* term = GENERATE(" + 1", " * 1", " == 1", " not in 1", "[1]", " contains 1", "-1");
    const auto levels = std::string(term) == " not in 1" ? 2U : 1U;
    const auto first = std::string("[1]");
    const auto own = 1U;  // the list
    const auto most = (expr::syntax::kMaxTreeDepth - own) / levels;
    CHECK(refusal_of(chain(first, term, most), expr::syntax::Grammar::kLenient) == "");
    CHECK(refusal_of(chain(first, term, most + 1), expr::syntax::Grammar::kLenient) ==
          "a chain of more than 1000 operators");
}

TEST_CASE("a chain has as many operators as its message says", "[expr][limits]") {
    const auto term = GENERATE(as<std::string>(), "+1", " * 1", "==1");
    CHECK(refusal_of(chain("1", term, expr::syntax::kMaxTreeDepth)) == "");
    CHECK(refusal_of(chain("1", term, expr::syntax::kMaxTreeDepth + 1)) == "a chain of more than 1000 operators");
}

TEST_CASE("a chain of and/or is as long as the limit of nodes", "[expr][limits]") {
    const auto* term = GENERATE("and[]", "or[]");
    CHECK(refusal_of(chain("[]", term, expr::syntax::kMaxNodes - 2)) == "");
    CHECK(refusal_of(chain("[]", term, expr::syntax::kMaxNodes - 1)) == "more than 200000 operands and operators");
}

TEST_CASE("an expression has at most as many nodes as the limit says", "[expr][limits]") {
    const auto list_of = [](std::size_t items) { return chain("[1", ",1", items - 1) + ']'; };
    CHECK(refusal_of(list_of(expr::syntax::kMaxNodes - 1)) == "");
    CHECK(refusal_of(list_of(expr::syntax::kMaxNodes)) == "more than 200000 operands and operators");
}

TEST_CASE("a chain of 400,000 terms is refused without overflowing the stack", "[expr][limits]") {
    CHECK(refusal_of(chain("1", "+1", 399'999)) == "a chain of more than 1000 operators");
    CHECK(refusal_of(chain("[1", ",1", 399'999)) == "more than 200000 operands and operators");
}

TEST_CASE("a text is read up to the limit of its length", "[expr][limits]") {
    const auto text = "1" + std::string(expr::syntax::kMaxSourceLength - 1, ' ');
    CHECK(refusal_of(text) == "");
    CHECK(refusal_of(text + ' ') == "longer than 1048576 bytes");
}
