#include "server/query/request/cohort_filter.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

using namespace engage;
using server::query::request::CohortFilter;
using server::query::request::parse_cohort_filter;

namespace {

constexpr std::string_view kSelector = R"({"property":"user","value":"n","operator":"==","operand":9007199254740993})";
constexpr std::string_view kReordered =
    R"({ "operand": 9007199254740993, "operator": "==", "value": "n", "property": "user" })";

/// What has read the parameter need not keep its text.
CohortFilter filter_of(std::string_view selector, const std::string& others = {}) {
    std::string text = R"({"raw_cohort":{"selector":)" + std::string(selector) + others + "}}";
    auto filter = parse_cohort_filter(text).value();
    text.assign(text.size(), '!');
    return filter;
}

bool lies_in(const std::string& text, const expr::values::Cursor& value) {
    const auto* const end = text.data() + text.size();
    const std::less_equal<> is_before;
    return is_before(text.data(), value.json().data()) && is_before(value.json().data() + value.json().size(), end);
}

}  // namespace

TEST_CASE("a raw cohort is read once: what it holds are places of the document it keeps", "[cohorts]") {
    std::optional<CohortFilter> first =
        filter_of(kSelector, R"(,"behaviors":[{"name":"b"}],"data_group_id":9007199254740993)");
    const auto raw = *first->raw;
    first.reset();
    CHECK(raw.selector.json() == kSelector);
    CHECK(raw.selector.pointer() == "/raw_cohort/selector");
    CHECK(lies_in(raw.document->text, raw.selector));
    REQUIRE(raw.behaviors);
    CHECK(raw.behaviors->json() == R"([{"name":"b"}])");
    CHECK(raw.behaviors->pointer() == "/raw_cohort/behaviors");
    CHECK(lies_in(raw.document->text, *raw.behaviors));
    CHECK(raw.data_group_id == "9007199254740993");
}

TEST_CASE("raw cohorts are the same whatever the order of their members and the layout", "[cohorts]") {
    CHECK(filter_of(kReordered).text() == filter_of(kSelector).text());
    CHECK(filter_of(kSelector, R"(,"behaviors": {"b": {}, "a": [1, 2]})").text() ==
          filter_of(kReordered, R"(,"behaviors":{"a":[1,2],"b":{}})").text());
    CHECK(filter_of(kSelector, R"(,"behaviors":{"a":[1,2]})").text() !=
          filter_of(kSelector, R"(,"behaviors":{"a":[2,1]})").text());
}

TEST_CASE("raw cohorts that differ in a digit are others", "[cohorts]") {
    CHECK(filter_of("9007199254740993").text() != filter_of("9007199254740992").text());
    CHECK(filter_of("{}", R"(,"data_group_id":9007199254740993)").text() !=
          filter_of("{}", R"(,"data_group_id":"9007199254740992")").text());
    CHECK(filter_of("{}", R"(,"data_group_id":7)").text() == filter_of("{}", R"(,"data_group_id":"7")").text());
}
