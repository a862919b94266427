#include "expr/columns/sort_keys.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <numeric>
#include <random>
#include <string>

#include "expr/text/text.hpp"

using namespace engage;
using namespace engage::expr;

namespace {

using Ranks = std::vector<std::uint32_t>;

Ranks ranks_of(const std::vector<values::View>& values, columns::Direction direction = columns::Direction::kAscending) {
    columns::SortKeys keys;
    for (const auto& value : values) keys.add(value);
    return std::move(keys).ranks(direction);
}

/// The ranks of texts by the comparison of the language.
Ranks expected_ranks(const std::vector<std::string>& texts) {
    std::vector<std::size_t> order(texts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return text::less_ignoring_case(texts[a], texts[b]); });
    Ranks ranks(texts.size());
    std::uint32_t rank = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i > 0 && !text::equal_ignoring_case(texts[order[i - 1]], texts[order[i]])) ++rank;
        ranks[order[i]] = rank;
    }
    return ranks;
}

/// Texts that share long beginnings, end within and at the end of a word, and differ in letter case alone.
std::string random_text(std::mt19937& random) {
    static const std::string prefixes[] = {"",        "1234567",        "12345678",         "123456789",
                                           "1234567", "12345671234567", "12345671234567zZ", "\xC3\xA9t\xC3\xA9"};
    static const std::string characters("aAbBzZ@[`{\0\x01\x7F\x80\xFF", 15);
    auto text = prefixes[random() % std::size(prefixes)];
    for (auto left = random() % 4; left > 0; --left) text += characters[random() % characters.size()];
    return text;
}

}  // namespace

TEST_CASE("values of all types have one order; undefined and null are last in both directions", "[sort_keys]") {
    const values::View item = values::View::number(1);
    const values::Member member{"a", item};
    const std::vector<values::View> values = {values::View(),
                                              values::View::null(),
                                              values::View::number(-std::numeric_limits<double>::infinity()),
                                              values::View::number(-2.5),
                                              values::View::number(-0.0),
                                              values::View::number(0.0),
                                              values::View::number(5e-324),
                                              values::View::number(1e300),
                                              values::View::boolean(false),
                                              values::View::boolean(true),
                                              values::View::string(""),
                                              values::View::string("10"),
                                              values::View::string("9"),
                                              values::View::string("a"),
                                              values::View::string("A"),
                                              values::View::string("ab"),
                                              values::View::datetime(-1),
                                              values::View::datetime(1),
                                              values::View::list({&item, 1}),
                                              values::View::list({}),
                                              values::View::object({&member, 1}),
                                              values::View::number(std::numeric_limits<double>::quiet_NaN())};
    CHECK(ranks_of(values) == Ranks{15, 15, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 11, 12, 13, 14, 14, 14, 15});
    CHECK(ranks_of(values, columns::Direction::kDescending) ==
          Ranks{15, 15, 14, 13, 12, 12, 11, 10, 9, 8, 7, 6, 5, 4, 4, 3, 2, 1, 0, 0, 0, 15});
}

TEST_CASE("texts are ranked as the language compares them, however much they have in common", "[sort_keys][property]") {
    const auto count = GENERATE(0U, 1U, 2U, 15U, 17U, 200U, 3000U);
    std::mt19937 random(count);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < count; ++i) texts.push_back(random_text(random));
    std::vector<values::View> values;
    for (const auto& text : texts) values.push_back(values::View::string(text));
    CAPTURE(count);
    CHECK(ranks_of(values) == expected_ranks(texts));
}

TEST_CASE("equal keys stay in their order", "[sort_keys]") {
    CHECK(columns::sorted_positions(Ranks{0, 1, 0, 2, 1, 0}, Ranks{1, 0, 1}) == Ranks{1, 4, 0, 2, 3, 5});
    CHECK(columns::sorted_positions({}, {}).empty());
    CHECK(columns::sorted_positions({}, Ranks{0}).empty());
}

TEST_CASE("copied texts are bounded; what is only referred to is not", "[sort_keys]") {
    columns::SortKeys keys(/*most_copied=*/10);
    keys.add(values::View::string("a text of more than ten bytes"));
    keys.add_copy(values::View::number(1));
    keys.add_copy(values::View::string("12345"));
    keys.add_copy(values::View::string("67890"));
    CHECK_FALSE(keys.is_full());
    keys.add_copy(values::View::string("1"));
    CHECK(keys.is_full());
    keys.add_copy(values::View::string("2"));
    CHECK(keys.size() == 6);
    CHECK(std::move(keys).ranks(columns::Direction::kAscending) == Ranks{3, 0, 1, 2, 4, 4});
}
