#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "expr/evaluation/program.hpp"
#include "expr/syntax/parse.hpp"
#include "expr/text/text.hpp"
#include "expr/values/json.hpp"
#include "tests/support/json_record.hpp"

using namespace engage;

namespace {

/// The value of a formula for a profile.
std::string value_of(const std::string& text, const nlohmann::ordered_json& properties) {
    const expr::evaluation::Program program(expr::syntax::parse(text, expr::syntax::Grammar::kFull).value());
    expr::values::Arena arena;
    const auto value = program.evaluate(test::JsonRecord(properties, program.references()), {}, arena);
    return value.is(expr::values::Type::kUndefined) ? "undefined" : expr::values::to_json(value, {});
}

std::string contains(const std::string& text, const std::string& part) {
    return value_of(R"(properties["part"] in properties["text"])", {{"text", text}, {"part", part}});
}

/// An object of so many members, forwards or backwards, whose last one has a value of its own.
nlohmann::ordered_json object_of(int members, bool forwards, int last) {
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (int i = 0; i < members; ++i) {
        const int number = forwards ? i : members - 1 - i;
        object["m" + std::to_string(number)] = number == members - 1 ? last : number;
    }
    return object;
}

}  // namespace

TEST_CASE("a long part is found wherever it stands, in any letter case", "[expr][linear]") {
    const auto size = GENERATE(1U, 63U, 64U, 65U, 66U, 500U);
    const std::string part = std::string(size - 1, 'a') + 'B';
    CHECK(contains(part, part) == "true");
    CHECK(contains(std::string(1000, 'A') + "b", part) == "true");
    CHECK(contains("b" + std::string(1000, 'a') + "bab", part) == "true");
    CHECK(contains(std::string(1000, 'a'), part) == "false");
    CHECK(contains(part.substr(1), part) == "false");
    CHECK(contains(std::string(size, '['), std::string(size, '{')) == "false");
}

TEST_CASE("long parts are found as by a search that tries each place", "[expr][linear]") {
    std::mt19937 random(1);
    const auto text_of = [&](std::size_t size) {
        std::string text(size, ' ');
        std::generate(text.begin(), text.end(), [&] { return "aAb"[random() % 3]; });
        return text;
    };
    int found = 0;
    for (int round = 0; round < 500; ++round) {
        // Repeats, so that much of the part fits at many places.
        const auto unit = text_of(1 + random() % 4);
        std::string part;
        while (part.size() < 70) part += unit;
        std::string text = text_of(random() % 5);
        while (text.size() < 200) text += unit;
        if (random() % 2 == 0) text[random() % text.size()] = 'b';
        if (random() % 2 == 0) part[random() % part.size()] = 'b';
        const bool is_in = expr::text::folded(text).find(expr::text::folded(part)) != std::string::npos;
        found += is_in ? 1 : 0;
        CHECK(contains(text, part) == (is_in ? "true" : "false"));
    }
    CHECK(found > 50);
    CHECK(found < 450);
}

TEST_CASE("a part that nearly fits at each place of a long text takes no longer than another", "[expr][linear]") {
    const std::string half(50'000, 'a');
    CHECK(contains(std::string(200'000, 'a'), half + 'b' + half) == "false");
}

TEST_CASE("objects are equal in any order of their members, however many", "[expr][linear]") {
    const auto members = GENERATE(1, 16, 17, 1000);
    const auto equal = [&](const nlohmann::ordered_json& left, const nlohmann::ordered_json& right) {
        return value_of(R"(properties["l"] == properties["r"])", {{"l", left}, {"r", right}});
    };
    const auto object = object_of(members, true, 1);
    CHECK(equal(object, object_of(members, false, 1)) == "true");
    CHECK(equal(object, object_of(members, false, 2)) == "false");
    CHECK(equal(object, object_of(members + 1, false, 1)) == "false");
    auto renamed = object_of(members - 1, false, 1);
    renamed["other"] = 1;
    CHECK(equal(object, renamed) == "false");
}

TEST_CASE("what operators look at inside of binders counts, not what they give", "[expr][linear]") {
    const std::string each = R"(len(map(X, properties["list"], )";
    nlohmann::ordered_json properties{{"list", nlohmann::ordered_json::array()},
                                      {"text", std::string(100'000, 'a')},
                                      {"part", std::string(50'000, 'a') + 'b'},
                                      {"object", object_of(2000, true, 1)},
                                      {"same", object_of(2000, false, 1)}};
    for (int i = 0; i < 20; ++i) properties["list"].push_back(i);
    const auto* done =
        GENERATE(R"(properties["part"] in properties["text"])", R"(properties["object"] == properties["same"])",
                 R"(properties["text"] < properties["part"])", R"(len(properties["text"]))");
    CHECK(value_of(each + done + "))", properties) == "20");
    for (int i = 0; i < 1000; ++i) properties["list"].push_back(i);
    CHECK(value_of(each + done + "))", properties) == "undefined");
}
