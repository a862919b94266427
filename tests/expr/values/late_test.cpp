#include "expr/values/late.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <thread>
#include <vector>

namespace engage::expr::values {

TEST_CASE("a late value is made once, when it is first asked for", "[late]") {
    int made = 0;
    const Late<int> late([&made] {
        ++made;
        return std::make_shared<const int>(7);
    });
    const auto copy = late;
    CHECK(made == 0);
    CHECK(*late == 7);
    CHECK(*copy == 7);
    CHECK(copy.shared() == late.shared());
    CHECK(made == 1);
}

TEST_CASE("a value that is there already needs no making", "[late]") {
    const auto value = std::make_shared<const int>(7);
    const Late<int> late = value;
    CHECK(late.shared() == value);
    CHECK(&*late == value.get());
}

TEST_CASE("what made the value goes with the making", "[late]") {
    const auto source = std::make_shared<int>(7);
    const Late<int> late([source] { return std::make_shared<const int>(*source); });
    CHECK(source.use_count() == 2);
    CHECK(*late == 7);
    CHECK(source.use_count() == 1);
}

TEST_CASE("who asks after a failed making tries again", "[late]") {
    int tries = 0;
    const Late<int> late([&tries] {
        if (++tries == 1) throw std::runtime_error("no memory");
        return std::make_shared<const int>(7);
    });
    CHECK_THROWS(*late);
    CHECK(*late == 7);
    CHECK(tries == 2);
}

TEST_CASE("many threads that ask at once get one value", "[late]") {
    int made = 0;
    const Late<int> late([&made] { return std::make_shared<const int>(++made); });
    std::vector<const int*> seen(8);
    std::vector<std::thread> threads;
    for (auto& place : seen) threads.emplace_back([&late, &place] { place = late.operator->(); });
    for (auto& thread : threads) thread.join();
    CHECK(seen == std::vector<const int*>(seen.size(), &*late));
    CHECK(made == 1);
}

}  // namespace engage::expr::values
