#include "expr/columns/column.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <optional>

#include "expr/columns/column_builder.hpp"
#include "expr/text/numbers.hpp"
#include "expr/values/json.hpp"

using namespace engage;
using namespace engage::expr;

namespace {

/// Texts are values of their own: a number if it reads as one, "null", or the text.
values::View decode(std::string_view text, values::Arena& arena) {
    if (text == "null") return values::View::null();
    if (const auto number = text::parse_number(text)) return values::View::number(*number);
    return values::View::string(arena.copy(text));
}

constexpr columns::TextFormat kFormat{decode, [](std::string_view text) { return text.front() == '['; }};

using Texts = std::vector<std::optional<std::string>>;

std::shared_ptr<const columns::Column> column_of(const Texts& texts, const columns::ColumnLimits& limits = {}) {
    columns::ColumnBuilder builder(texts.size(), kFormat, limits);
    for (std::size_t row = 0; row < texts.size(); ++row)
        if (texts[row]) builder.add(row, *texts[row]);
    return std::move(builder).build();
}

std::string text_of(const values::View& value) {
    values::Arena arena;
    return value.is(values::Type::kUndefined) ? "undefined"
                                              : std::string(*values::json_text(value, values::TimeZone(), arena));
}

std::string values_of(const columns::Column& column) {
    std::string text;
    values::Arena arena;
    for (std::size_t row = 0; row < column.rows(); ++row) text += (row ? " " : "") + text_of(column.value(row, arena));
    return text;
}

std::string keys_of(const columns::Column::Keys& keys) {
    std::string text;
    for (const auto key : keys)
        text += (text.empty() ? "" : " ") + (std::isnan(key) ? "-" : text_of(values::View::number(key)));
    return text;
}

Texts numbered(std::size_t count) {
    Texts texts;
    for (std::size_t i = 0; i < count; ++i) texts.emplace_back("v" + std::to_string(i));
    return texts;
}

}  // namespace

TEST_CASE("a column gives each row its value, undefined where there is none", "[expr][column]") {
    const Texts texts{"a", "7", std::nullopt, "null", "a", "A", std::nullopt};
    const auto in_dictionary = column_of(texts);
    CHECK(in_dictionary->is_dictionary());
    CHECK(in_dictionary->slots() == 5);
    CHECK(values_of(*in_dictionary) == R"("a" 7 undefined null "a" "A" undefined)");
    const auto flat = column_of(texts, {.distinct_to_decide = 1});
    CHECK_FALSE(flat->is_dictionary());
    CHECK(values_of(*flat) == R"("a" 7 undefined null "a" "A" undefined)");
}

TEST_CASE("a column without rows, without values and of missing rows at both ends", "[expr][column]") {
    CHECK(values_of(*column_of({})).empty());
    CHECK(values_of(*column_of({std::nullopt, std::nullopt})) == "undefined undefined");
    CHECK(values_of(*column_of({std::nullopt, "x", std::nullopt}, {.distinct_to_decide = 1})) ==
          R"(undefined "x" undefined)");
}

TEST_CASE("texts that begin alike, or differ in zero bytes at their end, are different values", "[expr][column]") {
    using std::string_literals::operator""s;
    const Texts texts{"abcdefg"s, "abcdefgh"s, "abcdefgi"s, "ab"s, "ab\0"s, "ab\0\0"s, "abcdefg"s, "abcdefgh"s};
    const auto column = column_of(texts);
    CHECK(column->slots() == 7);
    values::Arena arena;
    for (std::size_t row = 0; row < texts.size(); ++row) CHECK(column->value(row, arena).as_string() == *texts[row]);
}

TEST_CASE("slots are as narrow as the number of distinct values allows", "[expr][column]") {
    const auto count = GENERATE(as<std::size_t>(), 254, 255, 256, 257, 65'534, 65'535, 65'536);
    const auto texts = numbered(count);
    const auto column = column_of(texts, {.distinct_to_decide = count + 1});
    const std::size_t width = count < 256 ? 1 : count < 65'536 ? 2 : 4;
    column->visit_slots([&](const auto* slots) { CHECK(sizeof(*slots) == width); });
    values::Arena arena;
    for (const auto row : {std::size_t{0}, count / 2, count - 1})
        CHECK(column->value(row, arena).as_string() == *texts[row]);
}

TEST_CASE("a property that few rows have keeps their numbers", "[expr][column]") {
    Texts texts(100);
    texts[3] = "a", texts[64] = "b", texts[99] = "a";
    const auto column = column_of(texts);
    CHECK(column->is_sparse());
    CHECK(column->sparse_rows() == std::vector<std::uint32_t>{3, 64, 99});
    values::Arena arena;
    CHECK(text_of(column->value(3, arena)) == R"("a")");
    CHECK(text_of(column->value(63, arena)) == "undefined");
    CHECK(text_of(column->value(64, arena)) == R"("b")");
    CHECK(text_of(column->value(99, arena)) == R"("a")");
}

TEST_CASE("values that are nearly all distinct leave the dictionary; those that repeat stay", "[expr][column]") {
    CHECK_FALSE(column_of(numbered(20), {.distinct_to_decide = 10})->is_dictionary());
    auto repeating = numbered(20);
    for (const auto& text : numbered(10)) repeating.insert(repeating.begin(), 5, text);
    CHECK(column_of(repeating, {.distinct_to_decide = 10})->is_dictionary());
}

TEST_CASE("records of more than one block are found", "[expr][column]") {
    const auto texts = numbered(140'000);
    const auto column = column_of(texts);
    REQUIRE_FALSE(column->is_dictionary());
    values::Arena arena;
    for (const std::size_t row : {0, 65'535, 65'536, 65'537, 131'071, 131'072, 139'999})
        CHECK(column->value(row, arena).as_string() == *texts[row]);
}

TEST_CASE("an outline tells a list or an object from nothing without reading it", "[expr][column]") {
    const Texts texts{"[1", "null", std::nullopt, "7"};
    for (const std::size_t decide : {1, 100}) {
        const auto column = column_of(texts, {.distinct_to_decide = decide});
        values::Arena arena;
        std::string types;
        for (std::size_t row = 0; row < column->rows(); ++row)
            types += std::string(values::type_name(column->outline(column->slot_of(row), arena).type())) + ' ';
        CHECK(types == (decide == 1 ? "list null undefined number " : "string null undefined number "));
    }
}

TEST_CASE("keys hold the numbers and the dates of the slots", "[expr][column]") {
    const Texts texts{"7", "x", "2026-01-01", std::nullopt, "7"};
    const auto column = column_of(texts);
    CHECK(keys_of(*column->number_keys()) == "- 7 - -");
    CHECK(keys_of(*column->date_keys(values::TimeZone(), /*casts_numbers=*/false)) == "- - - 1767225600");
    CHECK(keys_of(*column->date_keys(values::TimeZone(), /*casts_numbers=*/true)) == "- 7 - 1767225600");
    const auto pacific = values::TimeZone::find("US/Pacific");
    REQUIRE(pacific);
    CHECK(keys_of(*column->date_keys(*pacific, /*casts_numbers=*/false)) == "- - - 1767254400");
    CHECK(keys_of(*column_of(texts, {.distinct_to_decide = 1})->number_keys()) == "7 - - - 7");
}

TEST_CASE("the order of texts ignores their case and leaves the rest out", "[expr][column]") {
    const auto column = column_of({"b", "A", "3", "a", "C", "null"});
    std::string order;
    values::Arena arena;
    for (const auto slot : *column->text_order()) order += column->slot_value(slot, arena).as_string();
    CHECK((order == "AabC" || order == "aAbC"));
}
