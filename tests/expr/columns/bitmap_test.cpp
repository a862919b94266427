#include "expr/columns/bitmap.hpp"

#include <catch2/catch.hpp>
#include <vector>

using engage::expr::columns::Bitmap;

namespace {

std::vector<std::size_t> rows_of(const Bitmap& bitmap) {
    std::vector<std::size_t> rows;
    bitmap.for_each([&](std::size_t row) { rows.push_back(row); });
    return rows;
}

bool is_odd(std::size_t row) { return row % 2 == 1; }

}  // namespace

TEST_CASE("a full set holds each row below its size and none above", "[expr][bitmap]") {
    const auto size = GENERATE(as<std::size_t>(), 0, 1, 63, 64, 65, 1000);
    const Bitmap all(size, true);
    CHECK(all.size() == size);
    CHECK(all.count() == size);
    CHECK(rows_of(all).size() == size);
    CHECK(Bitmap(size, false).count() == 0);
}

TEST_CASE("the rows that pass a test, cheap or costly, are the same", "[expr][bitmap]") {
    const auto size = GENERATE(as<std::size_t>(), 1, 63, 64, 65, 130, 1000);
    Bitmap few(size, false);
    for (std::size_t row = 0; row < size; row += 7) few.set(row);
    for (const auto& set : {Bitmap(size, true), few}) {
        std::vector<std::size_t> expected;
        for (const auto row : rows_of(set))
            if (is_odd(row)) expected.push_back(row);
        CHECK(rows_of(set.where(is_odd)) == expected);
        CHECK(rows_of(set.where_costly(is_odd)) == expected);
    }
}

TEST_CASE("a costly test runs on the rows of the set only", "[expr][bitmap]") {
    Bitmap set(200, false);
    set.set(3), set.set(130);
    std::vector<std::size_t> asked;
    set.where_costly([&](std::size_t row) { return asked.push_back(row), true; });
    CHECK(asked == std::vector<std::size_t>{3, 130});
}

TEST_CASE("sets are united, cut and taken out of each other", "[expr][bitmap]") {
    Bitmap left(70, false);
    Bitmap right(70, false);
    left.set(1), left.set(69), right.set(69), right.set(2);
    auto either = left;
    either |= right;
    CHECK(rows_of(either) == std::vector<std::size_t>{1, 2, 69});
    auto both = left;
    both &= right;
    CHECK(rows_of(both) == std::vector<std::size_t>{69});
    left -= right;
    CHECK(rows_of(left) == std::vector<std::size_t>{1});
    CHECK(left.holds(1));
    CHECK_FALSE(left.holds(69));
}
