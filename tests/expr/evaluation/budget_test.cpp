#include <catch2/catch.hpp>
#include <string>
#include <thread>
#include <vector>

#include "expr/columns/reads.hpp"
#include "expr/columns/sorting.hpp"
#include "expr/evaluation/evaluation.hpp"
#include "expr/evaluation/program.hpp"
#include "expr/functions/functions.hpp"
#include "expr/syntax/parse.hpp"
#include "expr/text/regex.hpp"
#include "expr/values/json.hpp"
#include "tests/support/json_record.hpp"

using namespace engage;

namespace {

/// The value of a formula for a profile whose `list` holds so many numbers.
std::string value_within(const std::string& text, std::size_t items = 0, const std::string& long_text = "") {
    nlohmann::ordered_json properties{{"list", nlohmann::ordered_json::array()}, {"text", long_text}};
    for (std::size_t i = 0; i < items; ++i) properties["list"].push_back(i);
    auto ast = expr::syntax::parse(text, expr::syntax::Grammar::kFull);
    if (!ast) return ast.error().message;
    const expr::evaluation::Program program(std::move(*ast));
    expr::values::Arena arena;
    const auto value = program.evaluate(test::JsonRecord(properties, program.references()), {}, arena);
    return value.is(expr::values::Type::kUndefined) ? "undefined" : expr::values::to_json(value, {});
}

constexpr const char* kPairs =
    R"(any(X, properties["list"], any(Y, properties["list"], any(Z, properties["list"], X + Y + Z < 0))))";

}  // namespace

TEST_CASE("nested binders end at the budget of steps, and the value is undefined", "[expr][budget]") {
    CHECK(value_within(kPairs, 10) == "false");
    CHECK(value_within(kPairs, 1000) == "undefined");
    CHECK(value_within(std::string("not ") + kPairs, 1000) == "undefined");
    CHECK(value_within(std::string("true or ") + kPairs, 1000) == "true");
    CHECK(value_within(std::string("[1, ") + kPairs + "]", 1000) == "undefined");
}

TEST_CASE("a profile that exhausts the budget does not match", "[expr][budget]") {
    const expr::evaluation::Program program(
        expr::syntax::parse(std::string("not ") + kPairs, expr::syntax::Grammar::kFull).value());
    nlohmann::ordered_json properties{{"list", nlohmann::ordered_json::array()}};
    expr::values::Arena arena;
    CHECK(program.matches(test::JsonRecord(properties, program.references()), {}, arena));
    for (int i = 0; i < 1000; ++i) properties["list"].push_back(i);
    CHECK_FALSE(program.matches(test::JsonRecord(properties, program.references()), {}, arena));
}

TEST_CASE("a profile that exhausts the budget has no key to sort by", "[expr][budget]") {
    const expr::evaluation::Program program(
        expr::syntax::parse(std::string("not ") + kPairs, expr::syntax::Grammar::kFull).value());
    expr::columns::SortKeys keys;
    expr::values::Arena arena;
    for (const std::size_t items : {1000U, 1U}) {
        nlohmann::ordered_json properties{{"list", nlohmann::ordered_json::array()}};
        for (std::size_t i = 0; i < items; ++i) properties["list"].push_back(i);
        REQUIRE(expr::columns::add_key(program, test::JsonRecord(properties, program.references()), {}, arena, keys));
    }
    CHECK(std::move(keys).ranks(expr::columns::Direction::kDescending) == std::vector<std::uint32_t>{1, 0});
}

TEST_CASE("the budget holds for one binder of many items", "[expr][budget]") {
    // Each item takes three steps: the variable, the constant and the sum.
    CHECK(value_within(R"(len(map(X, properties["list"], X + 1)))", expr::evaluation::kMaxSteps / 3) == "333333");
    CHECK(value_within(R"(len(map(X, properties["list"], X + 1)))", expr::evaluation::kMaxSteps / 3 + 1) ==
          "undefined");
}

TEST_CASE("lists that share their items cannot grow without bound", "[expr][budget]") {
    std::string text = "let(a0, [1, 2], ";
    const auto levels = GENERATE(5, 60);
    for (int i = 1; i <= levels; ++i) {
        const auto last = "a" + std::to_string(i - 1);
        text += "a" + std::to_string(i) + ", [" + last + ", " + last + "], ";
    }
    const auto name = "a" + std::to_string(levels);
    CHECK(value_within(text + name + " == " + name + ")") == (levels == 5 ? "true" : "undefined"));
}

TEST_CASE("long texts inside of binders count", "[expr][budget]") {
    const std::string long_text(500'000, 'x');
    CHECK(value_within(R"(len(map(X, properties["list"], properties["text"] + "y")))", 10, long_text) == "10");
    CHECK(value_within(R"(len(map(X, properties["list"], properties["text"] + "y")))", 1000, long_text) == "undefined");
}

TEST_CASE("a text that grows beyond the limit is undefined", "[expr][budget]") {
    const std::string long_text(1000, 'x');
    CHECK(value_within(R"(len(regex_replace(properties["text"], "x", properties["text"])))", 0, long_text) ==
          "1000000");
    CHECK(value_within(R"(regex_replace(properties["text"], "x", properties["text"] + properties["text"]))", 0,
                       long_text) == "undefined");
}

TEST_CASE("the texts of one evaluation share a limit of memory", "[expr][budget]") {
    const auto equals = [](const std::string& chain) { return "(" + chain + ") == \"a\""; };
    std::string chain = "properties[\"text\"]";
    for (int i = 0; i < 900; ++i) chain += " + properties[\"text\"]";
    // All texts of the chain: 900 * 901 / 2 * 300 bytes are more than 64 MiB, with 100 they are not.
    CHECK(value_within(equals(chain), 0, std::string(100, 'x')) == "false");
    CHECK(value_within(equals(chain), 0, std::string(300, 'x')) == "undefined");
    CHECK(value_within("not " + equals(chain), 0, std::string(300, 'x')) == "undefined");
    std::string seven = equals(chain);
    for (int i = 1; i < 7; ++i) seven += " or " + equals(chain);
    CHECK(value_within(seven, 0, std::string(100, 'x')) == "undefined");
}

TEST_CASE("an expression that could use up its memory is not taken apart by filters", "[expr][budget]") {
    const auto is_metered = [](const std::string& text) {
        return expr::evaluation::Program(expr::syntax::parse(text, expr::syntax::Grammar::kFull).value())
            .facts()
            .is_metered;
    };
    constexpr auto kMost = expr::evaluation::kMaxAllocated / expr::functions::kMaxConcatenation;
    std::string chain = "properties[\"a\"]";
    for (std::size_t i = 0; i < kMost; ++i) chain += " + \"b\"";
    CHECK_FALSE(is_metered(chain + " == \"a\" and not properties[\"a\"] in [1, 2]"));
    CHECK(is_metered(chain + " + \"b\" == \"a\""));
    CHECK(is_metered(chain + " == upper(\"a\")"));
    CHECK(is_metered(chain + " == string(properties[\"a\"])"));
}

TEST_CASE("an evaluation ends where its memory does, whatever the arena held before", "[expr][budget]") {
    // Each item and each list of items takes room for a view.
    const std::string list = R"(map(X, properties["list"], X))";
    std::string text = "[" + list;
    for (int i = 1; i < 300; ++i) text += ", " + list;
    const expr::evaluation::Program program(
        expr::syntax::parse("len(" + text + "])", expr::syntax::Grammar::kFull).value());
    nlohmann::ordered_json properties{{"list", nlohmann::ordered_json::array()}};
    for (int i = 0; i < 3000; ++i) properties["list"].push_back(i);
    const test::JsonRecord record(properties, program.references());
    expr::values::Arena arena;
    for (int i = 0; i < 4; ++i) {
        CHECK(program.evaluate(record, {}, arena).as_number() == 300);
        CHECK(arena.allocated() > static_cast<std::size_t>(i + 1) * 300 * 3000 * 2 * sizeof(expr::values::View));
    }
    CHECK(arena.allocated() > expr::evaluation::kMaxAllocated);
}

TEST_CASE("calls that wait for an argument take nothing once the memory is used up", "[expr][budget]") {
    std::string text = R"(split(properties["text"], "x"))";
    for (int i = 0; i < 4; ++i) text = "[" + text + R"(, split(properties["text"], "x")])";
    const std::string long_text(1'000'000, 'x');
    CHECK(value_within(R"(len(split(properties["text"], "x")))", 0, long_text) == "1000001");
    CHECK(value_within(text, 0, long_text) == "undefined");
    std::string nested = R"(properties["text"])";
    for (int i = 0; i < 100; ++i) nested = "upper(" + nested + ")";
    CHECK(value_within("len(" + nested + ")", 0, long_text) == "undefined");
    CHECK(value_within("len(" + nested + ")", 0, std::string(500'000, 'x')) == "500000");
}

TEST_CASE("the text of a list has a limit of length", "[expr][budget]") {
    const std::string list = R"(string([properties["text"]]))";
    const auto most = expr::functions::kMaxConcatenation - std::string(R"([""])").size();
    CHECK(value_within("len(" + list + ")", 0, std::string(most, 'x')) ==
          std::to_string(expr::functions::kMaxConcatenation));
    CHECK(value_within("len(" + list + ")", 0, std::string(most + 1, 'x')) == "undefined");
}

TEST_CASE("a regular expression that backtracks without end is given up", "[expr][budget]") {
    const std::string long_text(100'000, 'a');
    CHECK(value_within(R"x(regex_match(properties["text"], "a+b?c?$"))x", 0, long_text) == "true");
    CHECK(value_within(R"x(regex_match(properties["text"], "(a|aa)+[bc]"))x", 0, long_text) == "undefined");
    CHECK(value_within(R"x(regex_match(properties["text"], "^(a|aa)+$\\d"))x", 0, long_text) == "undefined");
    CHECK(value_within(R"x(regex_replace(properties["text"], "[^x]*[yz]", ""))x", 0, long_text) == "undefined");
    CHECK(value_within(R"x(regex_match(properties["text"], "(" + "a|aa)+[bc]"))x", 0, long_text) == "undefined");
    CHECK(value_within(R"x(not regex_match(properties["text"], "(a|aa)+[bc]"))x", 0, long_text) == "undefined");
    CHECK(value_within(R"x(regex_match(properties["text"], "(a|aa)+[bc]") or true)x", 0, long_text) == "undefined");
}

TEST_CASE("all regular expressions of an evaluation share the budget", "[expr][budget]") {
    const std::string long_text(1000, 'a');
    const std::string costly = R"x(regex_match(properties["text"], "a*a*[bc]"))x";
    CHECK(value_within(costly, 0, std::string(100, 'a')) == "false");
    std::string text = costly;
    for (int i = 0; i < 200; ++i) text += " or " + costly;
    CHECK(value_within(text, 0, std::string(100, 'a')) == "undefined");
}

TEST_CASE("a pattern has a limit of length, an expression one of patterns", "[expr][budget]") {
    const auto match = [](const std::string& pattern) { return "regex_match(\"a\", \"" + pattern + "\")"; };
    CHECK(value_within(match(std::string(expr::text::kMaxPatternLength, 'a'))) == "false");
    CHECK(value_within(match(std::string(expr::text::kMaxPatternLength + 1, 'a'))) ==
          "bad regular expression: longer than 5000 bytes");
    CHECK(value_within("regex_match(\"a\", properties[\"text\"])", 0,
                       std::string(expr::text::kMaxPatternLength + 1, 'a')) == "undefined");
    std::string text = match("b");
    for (std::size_t i = 1; i < expr::syntax::kMaxPatterns; ++i) text += " or " + match("b");
    CHECK(value_within(text) == "false");
    CHECK(value_within(text + " or " + match("b")) == "more than 256 regular expressions");
}

TEST_CASE("replacing many matches of a long text looks through it once", "[expr][budget]") {
    const auto regex = expr::text::Regex::compile("x").value();
    const auto steps_of = [&](const std::string& text) {
        std::uint64_t steps = expr::text::kMaxMatchSteps;
        CHECK(regex.match(expr::text::Subject(text), 0, steps).outcome == expr::text::Regex::Outcome::kMatch);
        return expr::text::kMaxMatchSteps - steps;
    };
    const std::string text(300'000, 'x');
    CHECK(steps_of(text) < 100);
    CHECK(steps_of(text + '\xFF') > 2000);
    CHECK(value_within(R"(len(regex_replace(properties["text"], "x", "yy")))", 0, std::string(20'000, 'x')) == "40000");
    CHECK(value_within(R"(len(regex_replace(properties["text"], "x", "yy")))", 0, text) == "undefined");
}

TEST_CASE("a match that runs over long repeats or groups is given up", "[expr][budget]") {
    std::string text;
    for (int i = 0; i < 20; ++i) text += std::string(39'999, 'a') + 'b';
    CHECK(value_within(R"(regex_match(properties["text"], "a{40000}"))", 0, text) == "undefined");
    CHECK(value_within(R"(regex_match(properties["text"], "\\Aa{39999}b"))", 0, text) == "true");
    CHECK(value_within(R"(regex_match(properties["text"], "\\x{1000}"))", 0, text) == "false");
    CHECK(value_within(R"x(regex_match(properties["text"], "^(a+)b?\\1c"))x", 0, text) == "undefined");
    CHECK(value_within(R"x(regex_match(properties["text"], "(ab)a\\1"))x", 0, "aaabAAB") == "true");
}

TEST_CASE("ranges of characters beyond ASCII have a limit, as PCRE2 takes long to compile them", "[expr][budget]") {
    const auto match = [](std::size_t ranges) {
        std::string pattern;
        for (std::size_t i = 0; i < ranges; ++i) pattern += i % 2 == 0 ? "[a-é]" : "[\\\\x{0}-\\\\x{10ffff}]";
        return "regex_match(\"a\", \"" + pattern + "\")";
    };
    CHECK(value_within(match(expr::text::kMaxWideRanges)) == "false");
    CHECK(value_within(match(expr::text::kMaxWideRanges + 1)) ==
          "bad regular expression: more than 16 ranges of characters beyond ASCII");
    CHECK(expr::text::compile_cost("[a-z]-x") == 7);
    for (const auto* range : {"[a-é]", "[a-\\x{e9}]", "[a-\\N{U+e9}]", "[a-\\o{351}]", "[a-\\Qé]", "[a- \té]"})
        CHECK(expr::text::compile_cost(range) > 256);
}

TEST_CASE("the patterns of an expression have a limit together", "[expr][budget]") {
    const auto match = [](std::size_t size) { return "regex_match(\"a\", \"" + std::string(size, 'b') + "\")"; };
    constexpr auto kHalf = expr::text::kMaxPatternLength / 2;
    std::string text = match(kHalf);
    for (std::size_t used = 2 * kHalf; used < expr::text::kMaxPatternsCost; used += kHalf)
        text += " or " + match(kHalf);
    CHECK(value_within(text + " or " + match(kHalf)) == "false");
    CHECK(value_within(text + " or " + match(kHalf + 1)) ==
          "regular expressions of more than 20000 bytes together, a range of characters beyond ASCII taken as 256");
}

TEST_CASE("compiling a pattern for each item takes from the budget", "[expr][budget]") {
    const std::string pattern(1000, 'b');
    const std::string each = R"(len(map(X, properties["list"], regex_match("b", string(X) + properties["text"]))))";
    CHECK(value_within(each, 10, pattern) == "10");
    CHECK(value_within(each, 100, pattern) == "undefined");
}

TEST_CASE("a group beyond the hundredth cannot be asked for", "[expr][budget]") {
    std::string pattern;
    for (int i = 0; i < 120; ++i) pattern += "(a?)";
    const auto extract = [&](int group) {
        return "regex_extract(\"a\", \"" + pattern + "\", " + std::to_string(group) + ")";
    };
    CHECK(value_within(extract(1)) == "\"a\"");
    CHECK(value_within(extract(99)) == "\"\"");
    CHECK(value_within(extract(100)) == "undefined");
}

TEST_CASE("texts that are not UTF-8 are matched without reading beyond them", "[expr][budget]") {
    const auto regex = expr::text::Regex::compile("é|b").value();
    std::uint64_t steps = expr::text::kMaxMatchSteps;
    const auto outcome_of = [&](const char* text) { return regex.match(expr::text::Subject(text), 0, steps).outcome; };
    CHECK(outcome_of("\xC3") == expr::text::Regex::Outcome::kNoMatch);
    CHECK(outcome_of("\xFF\xC3\xA9") == expr::text::Regex::Outcome::kMatch);
    CHECK(outcome_of("a\xC3") == expr::text::Regex::Outcome::kNoMatch);
}

TEST_CASE("one program matches in many threads, each with patterns of its own", "[expr][budget]") {
    const expr::evaluation::Program program(
        expr::syntax::parse(
            R"(regex_match(properties["a"], "^x\\d+$") and regex_match(properties["a"], properties["p"]))",
            expr::syntax::Grammar::kFull)
            .value());
    constexpr int kThreads = 4;
    constexpr int kRounds = 500;
    std::vector<int> found(kThreads);
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
        threads.emplace_back([&, i] {
            expr::values::Arena arena;
            for (int round = 0; round < kRounds; ++round) {
                // More patterns than a thread keeps.
                const auto number = std::to_string(round % 20);
                const test::JsonRecord record({{"a", "x" + number}, {"p", "^X" + number + "$"}}, program.references());
                found[i] += program.matches(record, {}, arena) ? 1 : 0;
                arena.reset();
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(found == std::vector<int>(kThreads, kRounds));
}
