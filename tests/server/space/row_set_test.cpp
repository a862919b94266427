#include "server/space/row_set.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace engage;
using fixtures::profiles::RowIndex;
using server::space::RowSet;

TEST_CASE("every slice of a row set is that of the sorted list", "[rows]") {
    std::mt19937 random(3);
    const auto one_in = GENERATE(1U, 2U, 9U, 50U, 5000U);
    constexpr std::size_t kRows = 20'000;
    expr::columns::Bitmap bits(kRows, false);
    std::vector<RowIndex> expected;
    for (RowIndex row = 0; row < kRows; ++row) {
        if (random() % one_in != 0) continue;
        bits.set(row);
        expected.push_back(row);
    }
    const RowSet of_bits(bits);
    const RowSet of_list(expected);
    REQUIRE(of_bits.size() == expected.size());
    for (int i = 0; i < 200; ++i) {
        const auto begin = random() % (expected.size() + 1);
        const auto end = begin + random() % (expected.size() + 1 - begin);
        const std::vector<RowIndex> wanted(expected.begin() + static_cast<std::ptrdiff_t>(begin),
                                           expected.begin() + static_cast<std::ptrdiff_t>(end));
        CAPTURE(begin, end);
        REQUIRE(of_bits.slice(begin, end) == wanted);
        REQUIRE(of_list.slice(begin, end) == wanted);
    }
    for (const auto* set : {&of_bits, &of_list}) {
        std::vector<RowIndex> back;
        set->bitmap(kRows).for_each([&](std::size_t row) { back.push_back(static_cast<RowIndex>(row)); });
        CHECK(back == expected);
    }
    CHECK(of_bits.bytes() <= kRows / 8 + 1000);
}

TEST_CASE("all rows take no memory", "[rows]") {
    const auto all = RowSet::all(1'000'000);
    CHECK(all.is_all());
    CHECK(all.size() == 1'000'000);
    CHECK(all.bytes() == 0);
    CHECK(all.slice(999'998, 1'000'000) == std::vector<RowIndex>{999'998, 999'999});
    CHECK(all.bitmap(1'000'000).count() == 1'000'000);
    CHECK(RowSet().size() == 0);
    CHECK(RowSet().slice(0, 0).empty());
    CHECK(RowSet(expr::columns::Bitmap(0, false)).size() == 0);
}
