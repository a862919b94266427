#include "expr/trees/report_filter.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "fixtures/json/read.hpp"
#include "tests/support/json_record.hpp"

using namespace engage;
using Json = nlohmann::ordered_json;

namespace {

/// The tree of expressions that a filter becomes.
std::string read(const Json& filter) {
    const auto text = filter.dump();
    const auto document = fixtures::json::read_document(text, {.depth = 1000}).value();
    const auto ast = expr::trees::parse_report_filter(expr::values::Cursor(document));
    if (!ast) return "error " + ast.error().pointer + ' ' + ast.error().message;
    return ast->root ? expr::syntax::to_tree(*ast) : "nothing";
}

Json condition(const std::string& op, const Json& value, const Json& more = Json::object()) {
    Json filter = {{"value", "p"}, {"filterOperator", op}, {"filterValue", value}};
    filter.update(more);
    return filter;
}

/// `levels` groups around a condition.
Json nested(std::size_t levels) {
    Json filter = condition("equals", 1);
    for (std::size_t i = 0; i < levels; ++i)
        filter = Json{{"operator", "and"}, {"children", Json::array({std::move(filter)})}};
    return filter;
}

}  // namespace

TEST_CASE("each operator of reports is one of expressions", "[expr][tree]") {
    const std::vector<std::pair<Json, std::string>> table = {
        {condition("equals", "x"), R"((== (e "p") "x"))"},
        {condition("is equal to", 1), R"((== (e "p") 1))"},
        {condition("does not equal", Json::array({"x", "y"})), R"((not (or (== (e "p") "x") (== (e "p") "y"))))"},
        {condition("contains", "x"), R"((in "x" (e "p")))"},
        {condition("does not contain", "x"), R"((not (in "x" (e "p"))))"},
        {condition("starts with", "x"), R"((has_prefix (e "p") "x"))"},
        {condition("ends with", "x"), R"((has_suffix (e "p") "x"))"},
        {condition("is set", nullptr), R"((defined (e "p")))"},
        {condition("is not set", nullptr), R"((not (defined (e "p"))))"},
        {condition("is greater than", 1), R"((> (e "p") 1))"},
        {condition("is greater than or equal to", 1), R"((>= (e "p") 1))"},
        {condition("is at least", 1), R"((>= (e "p") 1))"},
        {condition("is less than", 1), R"((< (e "p") 1))"},
        {condition("is less than or equal to", Json::array({1})), R"((<= (e "p") 1))"},
        {condition("is at most", 1), R"((<= (e "p") 1))"},
        {condition("is between", Json::array({1, 2})), R"((and (>= (e "p") 1) (<= (e "p") 2)))"},
        {condition("between", Json::array({1, 2})), R"((and (>= (e "p") 1) (<= (e "p") 2)))"},
        {condition("not between", Json::array({1, 2})), R"((not (and (>= (e "p") 1) (<= (e "p") 2))))"},
        {condition("true", nullptr), R"((== (e "p") true))"},
        {condition("false", nullptr), R"((== (e "p") false))"},
        {condition("equals", Json::array({"x"}), {{"filterType", "list"}}), R"((in "x" (e "p")))"},
        {condition("is less than", "2026-06-01", {{"filterType", "datetime"}}),
         R"((< (datetime (e "p")) (datetime "2026-06-01")))"},
    };
    for (const auto& [filter, expected] : table) {
        CAPTURE(filter.dump());
        CHECK(read(filter) == expected);
    }
}

TEST_CASE("a filter is about the event unless it says that it is about the user", "[expr][tree]") {
    CHECK(read(condition("equals", 1, {{"resourceType", "events"}})) == R"((== (e "p") 1))");
    CHECK(read(condition("equals", 1, {{"resourceType", "event"}})) == R"((== (e "p") 1))");
    CHECK(read(condition("equals", 1, {{"resourceType", "people"}})) == R"((== (u "p") 1))");
    CHECK(read(condition("equals", 1, {{"resourceType", "user"}})) == R"((== (u "p") 1))");
}

TEST_CASE("groups of filters nest a hundred levels deep", "[expr][tree]") {
    CHECK(read(nested(99)) == R"((== (e "p") 1))");
    std::string pointer;
    for (int i = 0; i < 100; ++i) pointer += "/children/0";
    CHECK(read(nested(100)) == "error " + pointer + " nested deeper than 100 levels");
}
