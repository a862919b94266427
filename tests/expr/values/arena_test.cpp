#include "expr/values/arena.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <string>

using engage::expr::values::Arena;

TEST_CASE("an arena copies text that outlives its source", "[expr][arena]") {
    Arena arena;
    std::string source = "plan";
    const auto copy = arena.copy(source);
    source = "gone";
    CHECK(copy == "plan");
    CHECK(arena.copy("").empty());
}

TEST_CASE("values of an arena are aligned for their type and do not overlap", "[expr][arena]") {
    Arena arena;
    const auto text = arena.allocate<char>(3);
    const auto numbers = arena.allocate<double>(2);
    CHECK(reinterpret_cast<std::uintptr_t>(numbers.data()) % alignof(double) == 0);
    CHECK(reinterpret_cast<const char*>(numbers.data()) >= text.data() + text.size());
}

TEST_CASE("an arena serves more than one block holds", "[expr][arena]") {
    Arena arena;
    const auto small = arena.copy("small");
    const auto large = arena.copy(std::string(1'000'000, 'x'));
    CHECK(large.size() == 1'000'000);
    CHECK(large.find_first_not_of('x') == std::string_view::npos);
    CHECK(small == "small");
}

TEST_CASE("an arena that was reset gives the same memory again", "[expr][arena]") {
    Arena arena;
    const auto* first = arena.allocate<char>(100).data();
    const auto* large = arena.allocate<char>(100'000).data();
    arena.reset();
    CHECK(arena.allocate<char>(100).data() == first);
    CHECK(arena.allocate<char>(100'000).data() == large);
}
