// What the sibling endpoints compute over columns, against plain loops over the profiles.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "expr/columns/filter.hpp"
#include "expr/syntax/parse.hpp"
#include "expr/text/numbers.hpp"
#include "fixtures/json/json_value.hpp"
#include "fixtures/json/write.hpp"
#include "fixtures/profiles/column_store.hpp"
#include "fixtures/profiles/property_census.hpp"
#include "server/app/app.hpp"
#include "server/query/endpoints/number_set.hpp"
#include "server/query/endpoints/property_values.hpp"
#include "server/query/request/day_range.hpp"
#include "tests/support/random_profiles.hpp"
#include "tests/support/request_builder.hpp"
#include "tests/support/test_project.hpp"

using namespace engage;

namespace {

constexpr int kRounds = 60;

/// Calls `visit` with the value that each of `rows` has under `name`.
template <class Visit>
void for_each_value(const fixtures::profiles::ProfileSet& profiles, const std::string& name,
                    const expr::columns::Bitmap& rows, Visit visit) {
    const auto id = profiles.find_name(name);
    expr::values::Arena arena;
    rows.for_each([&](std::size_t row) {
        const auto text =
            id ? profiles.property(static_cast<fixtures::profiles::RowIndex>(row), *id) : std::string_view();
        arena.reset();
        if (!text.empty()) visit(fixtures::json::decode_json(text, arena));
    });
}

expr::columns::Bitmap random_rows(std::mt19937& random, std::size_t size) {
    const auto one_in = random() % 3 == 0 ? 1 : random() % 10 + 1;
    expr::columns::Bitmap rows(size, false);
    for (std::size_t row = 0; row < size; ++row)
        if (random() % one_in == 0) rows.set(row);
    return rows;
}

void check_numbers(const expr::columns::Column& column, const expr::columns::Bitmap& rows, std::vector<double> model) {
    server::query::endpoints::NumberSet numbers(column, rows);
    REQUIRE(numbers.is_empty() == model.empty());
    if (model.empty()) return;
    std::sort(model.begin(), model.end());
    CHECK(numbers.extremes().least == model.front());
    CHECK(numbers.extremes().most == model.back());
    const auto size = static_cast<double>(model.size());
    double sum = 0;
    double squares = 0;
    double deviations = 0;
    for (const auto value : model) sum += value;
    for (const auto value : model) squares += value * value;
    for (const auto value : model) deviations += (value - sum / size) * (value - sum / size);
    const auto summary = numbers.summary();
    CHECK(summary.count == model.size());
    CHECK(summary.mean == Approx(sum / size));
    CHECK(summary.sum_of_squares == Approx(squares));
    CHECK(summary.variance == Approx(deviations / size));
    for (const double percent : {0.0, 3.0, 50.0, 99.5, 100.0}) {
        const auto place = percent / 100 * (size - 1);
        const auto low = model[static_cast<std::size_t>(place)];
        const auto high = model[std::min(model.size() - 1, static_cast<std::size_t>(place) + 1)];
        CHECK(numbers.percentile(percent) == Approx(low + (high - low) * (place - std::floor(place))));
    }
}

std::string scalar_text(const expr::values::View& value) {
    if (value.is(expr::values::Type::kString)) return "=" + std::string(value.as_string());
    if (value.is(expr::values::Type::kNumber))
        return "=" + std::string(expr::text::NumberText(value.as_number()).view());
    if (value.is(expr::values::Type::kBoolean)) return value.as_boolean() ? "=true" : "=false";
    return "";
}

/// What `engage/values` should list, as text.
std::string values_by_loop(const fixtures::profiles::ProfileSet& profiles, const std::string& name, std::size_t limit) {
    std::map<std::string, int> counts;
    for_each_value(profiles, name, expr::columns::Bitmap(profiles.size(), true), [&](const expr::values::View& value) {
        std::set<std::string> texts;
        if (value.is(expr::values::Type::kList))
            for (const auto& item : value.as_list()) texts.insert(scalar_text(item));
        else
            texts.insert(scalar_text(value));
        for (const auto& text : texts)
            if (!text.empty()) --counts[text];
    });
    std::set<std::pair<int, std::string>> ordered;
    for (const auto& [text, count] : counts) ordered.emplace(count, text);
    std::string list;
    std::size_t listed = 0;
    for (const auto& [count, text] : ordered)
        if (listed++ < limit) list += text + " " + std::to_string(-count) + "\n";
    return list;
}

/// Calls `check` with the columns of random profiles, in one layout or the other.
template <class Check>
void for_random_columns(std::mt19937& random, Check check) {
    for (int round = 0; round < kRounds; ++round) {
        const auto profiles = test::random_profiles(random, random() % 400 + 1);
        const fixtures::profiles::ColumnStore columns(profiles,
                                                      {.distinct_to_decide = random() % 2 == 0 ? 8U : 65'536U});
        for (const auto& name : test::random_names()) {
            const auto column = columns.column({expr::values::Scope::kProperties, name});
            if (!column || name == "$distinct_id") continue;
            CAPTURE(round, name);
            check(*profiles, name, *column);
        }
    }
}

}  // namespace

TEST_CASE("figures over columns are those of a loop over the numbers", "[siblings]") {
    std::mt19937 random(11);
    for_random_columns(random, [&](const fixtures::profiles::ProfileSet& profiles, const std::string& name,
                                   const expr::columns::Column& column) {
        const auto rows = random_rows(random, profiles.size());
        std::vector<double> model;
        for_each_value(profiles, name, rows, [&](const expr::values::View& value) {
            if (value.is(expr::values::Type::kNumber)) model.push_back(value.as_number());
        });
        check_numbers(column, rows, std::move(model));
    });
}

TEST_CASE("the most frequent values are those of a loop over the profiles", "[siblings]") {
    std::mt19937 random(12);
    for_random_columns(random, [&](const fixtures::profiles::ProfileSet& profiles, const std::string& name,
                                   const expr::columns::Column& column) {
        const std::size_t limit = random() % 2 == 0 ? 1000 : random() % 5 + 1;
        std::string list;
        for (const auto& value : server::query::endpoints::most_frequent_values(column, limit))
            list += "=" + value.text + " " + std::to_string(value.profiles) + "\n";
        CHECK(list == values_by_loop(profiles, name, limit));
    });
}

TEST_CASE("a property is counted on the profiles on which it is defined", "[siblings]") {
    std::mt19937 random(13);
    const auto profiles = test::random_profiles(random, 2000);
    const fixtures::profiles::ColumnStore columns(profiles);
    std::map<std::string, std::uint32_t> counted;
    for (const auto& property : fixtures::profiles::count_properties(*profiles))
        counted[profiles->names()[property.name]] = property.profiles;
    for (const auto& name : test::random_names()) {
        if (name == "$distinct_id") continue;
        CAPTURE(name);
        const expr::evaluation::Program defined(expr::syntax::parse("defined(properties[\"" + name + "\"])").value());
        const auto rows = expr::columns::filter(defined, columns, {}, expr::columns::Bitmap(profiles->size(), true));
        CHECK(counted[name] == rows.value().count());
    }
}

TEST_CASE("a day begins at midnight, before 1970 as well", "[siblings]") {
    CHECK(server::query::request::format_day(server::query::request::day_of(86'399)) == "1970-01-01");
    CHECK(server::query::request::format_day(server::query::request::day_of(86'400)) == "1970-01-02");
    CHECK(server::query::request::format_day(server::query::request::day_of(-1)) == "1969-12-31");
    CHECK(server::query::request::format_day(server::query::request::day_of(-86'400)) == "1969-12-31");
}

TEST_CASE("numbers that a double cannot hold are null, not infinite", "[siblings]") {
    CHECK(fixtures::json::float_literal(0) == "0.0");
    CHECK(fixtures::json::float_literal(-2.5) == "-2.5");
    CHECK(fixtures::json::float_literal(1e22) == "1e+22");
    CHECK(fixtures::json::float_literal(1e308 * 10) == "null");
    const auto project = test::load({{"project.json", R"({"project_id":1})"},
                                     {"profiles.ndjson", R"({"$distinct_id":"a","$properties":{"n":1e308}})"}});
    const fixtures::profiles::ColumnStore columns(project.users);
    server::query::endpoints::NumberSet numbers(*columns.column({expr::values::Scope::kProperties, "n"}),
                                                expr::columns::Bitmap(1, true));
    CHECK(fixtures::json::float_literal(numbers.summary().sum_of_squares) == "null");
    CHECK(numbers.percentile(50) == 1e308);
}

TEST_CASE("so much is listed unless a limit is given", "[siblings]") {
    constexpr std::size_t kMany = 2001;
    std::string profiles;
    for (std::size_t i = 0; i < kMany; ++i) {
        const auto n = std::to_string(i);
        profiles += R"({"$distinct_id":"p)" + n + R"(","$properties":{"n":)" + n + R"(,"p)" + n + "\":1}}\n";
    }
    server::catalogue::Settings settings;
    settings.auth_required = false;
    server::app::App app(settings);
    std::vector<fixtures::project::Project> projects;
    projects.push_back(test::load({{"project.json", R"({"project_id":1})"}, {"profiles.ndjson", profiles}}));
    REQUIRE(app.publish(std::move(projects)));
    const auto listed = [&](const std::string& endpoint, const test::Form& form) {
        const auto response = app.handle(test::engage_request(form, "/api/query/engage/" + endpoint));
        return nlohmann::json::parse(response.body)["results"].size();
    };
    CHECK(listed("values", {{"property", "n"}}) == 255);
    CHECK(listed("values", {{"property", "n"}, {"limit", "256"}}) == 256);
    CHECK(listed("properties", {}) == 2000);
    CHECK(listed("properties", {{"limit", "2001"}}) == 2001);
}
