#include "expr/evaluation/program.hpp"

#include <catch2/catch.hpp>

#include "expr/syntax/parse.hpp"
#include "tests/support/json_record.hpp"

using namespace engage;

namespace {

expr::evaluation::Program program_of(const char* text) {
    return expr::evaluation::Program(expr::syntax::parse(text).value());
}

bool matches(const char* text, const char* properties) {
    const auto program = program_of(text);
    expr::values::Arena arena;
    return program.matches(test::JsonRecord(nlohmann::ordered_json::parse(properties), program.references()), {},
                           arena);
}

/// Counts what is read of it.
struct CountingRecord final : expr::values::Record {
    mutable int reads = 0;
    expr::values::View value(std::size_t, expr::values::Arena&) const override {
        ++reads;
        return expr::values::View::boolean(true);
    }
};

int reads_of(const char* text) {
    const CountingRecord record;
    expr::values::Arena arena;
    program_of(text).evaluate(record, {}, arena);
    return record.reads;
}

}  // namespace

TEST_CASE("a blank text is no filter: it matches every profile", "[expr][program]") {
    const auto* text = GENERATE("", "  \t\r\n");
    REQUIRE(expr::syntax::parse(text).value().root == nullptr);
    CHECK(matches(text, "{}"));
    CHECK(program_of(text).references().empty());
}

TEST_CASE("a profile matches when the value is truthy", "[expr][program]") {
    CHECK(matches(R"(properties["plan"])", R"({"plan":"pro"})"));
    CHECK_FALSE(matches(R"(properties["plan"])", R"({"plan":"false"})"));
    CHECK_FALSE(matches(R"(properties["plan"])", "{}"));
    CHECK_FALSE(matches(R"(properties["plan"])", R"({"plan":null})"));
}

TEST_CASE("each reference is listed once, in the order of the text", "[expr][program]") {
    const auto program =
        program_of(R"(properties["b"] == user["b"] and behaviors["n"] > 0 or properties["b"] == event["b"])");
    const std::vector<expr::values::Reference> expected{{expr::values::Scope::kProperties, "b"},
                                                        {expr::values::Scope::kUser, "b"},
                                                        {expr::values::Scope::kBehaviors, "n"},
                                                        {expr::values::Scope::kEvent, "b"}};
    CHECK(program.references() == expected);
}

TEST_CASE("and, or stop at the operand that decides", "[expr][program]") {
    CHECK(reads_of(R"(false and properties["a"])") == 0);
    CHECK(reads_of(R"(true or properties["a"])") == 0);
    CHECK(reads_of(R"(properties["a"] or properties["b"] or properties["c"])") == 1);
    CHECK(reads_of(R"(properties["a"] and properties["b"] and false and properties["c"])") == 2);
}

TEST_CASE("a program that was moved still owns its texts and lists", "[expr][program]") {
    auto first = program_of(R"("x" in ["short", "x", "a text that is longer than a small string holds"])");
    const auto second = std::move(first);
    expr::values::Arena arena;
    CHECK(second.matches(CountingRecord(), {}, arena));
    CHECK(expr::syntax::to_tree(second.ast()) ==
          R"((in "x" (list "short" "x" "a text that is longer than a small string holds")))");
}

TEST_CASE("evaluating needs no memory beyond the arena's", "[expr][program]") {
    const auto program = program_of(R"(string(properties["x"]) + "!" in [properties["x"], "a"])");
    const CountingRecord record;
    expr::values::Arena arena;
    program.evaluate(record, {}, arena);
    arena.reset();
    const auto* first = arena.allocate<char>(1).data();
    for (int i = 0; i < 1000; ++i) {
        arena.reset();
        program.evaluate(record, {}, arena);
    }
    arena.reset();
    CHECK(arena.allocate<char>(1).data() == first);
}

TEST_CASE("a concatenation above the limit is undefined", "[expr][program]") {
    const std::string half(512 * 1024, 'x');
    const nlohmann::ordered_json properties{{"a", half}, {"b", half}, {"c", "y"}};
    const auto type_of = [&](const char* text) {
        const auto program = program_of(text);
        expr::values::Arena arena;
        return program.evaluate(test::JsonRecord(properties, program.references()), {}, arena).type();
    };
    CHECK(type_of(R"(properties["a"] + properties["b"])") == expr::values::Type::kString);
    CHECK(type_of(R"(properties["a"] + properties["b"] + properties["c"])") == expr::values::Type::kUndefined);
}
