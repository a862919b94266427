#include "expr/evaluation/facts.hpp"

#include <catch2/catch.hpp>

#include "expr/evaluation/program.hpp"
#include "expr/syntax/parse.hpp"

using namespace engage::expr;
using values::Scope;

namespace {

evaluation::Facts facts_of(const std::string& text) {
    return evaluation::Program(syntax::parse(text, syntax::Grammar::kFull).value()).facts();
}

}  // namespace

TEST_CASE("an expression tells what it reads", "[expr]") {
    const auto facts = facts_of(R"(user["a"] == 1 and behaviors["n"] > 0)");
    CHECK(facts.reads(Scope::kUser));
    CHECK(facts.reads(Scope::kBehaviors));
    CHECK_FALSE(facts.reads(Scope::kProperties));
    CHECK_FALSE(facts.reads_only(Scope::kUser));
    CHECK(facts_of(R"(user["a"] == user["b"])").reads_only(Scope::kUser));
    CHECK_FALSE(facts_of("1 == 1").reads_only(Scope::kUser));
    CHECK_FALSE(facts_of("").reads(Scope::kProperties));
    CHECK(facts_of(R"(user["$distinct_id"] == "a")").reads_id);
    CHECK(facts_of(R"(properties["$distinct_id"] == "a")").reads_id);
    CHECK_FALSE(facts_of(R"(event["$distinct_id"] == "$distinct_id")").reads_id);
}

TEST_CASE("an expression tells whether it depends on the time", "[expr]") {
    CHECK(facts_of(R"(properties["a"] < NOW)").reads_clock);
    CHECK(facts_of(R"(properties["a"] > 1 or not (properties["b"] < today()))").reads_clock);
    CHECK_FALSE(facts_of(R"(datetime(properties["a"]) < datetime("2026-01-01"))").reads_clock);
    CHECK_FALSE(facts_of("").reads_clock);
}

TEST_CASE("the cost of an expression are its parts", "[expr]") {
    CHECK(facts_of("").parts == 0);
    CHECK(facts_of(R"(properties["a"] > 1)").parts == 3);
    CHECK(facts_of(R"(properties["a"] in [1, 2, 3])").parts == 6);
}
