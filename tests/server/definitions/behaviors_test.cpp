#include <array>
#include <catch2/catch.hpp>

#include "fixtures/json/read.hpp"
#include "server/definitions/behaviors_parameter.hpp"
#include "server/definitions/event_selector.hpp"
#include "server/definitions/groups_definition.hpp"
#include "server/definitions/saved_behaviors.hpp"
#include "tests/support/case_file.hpp"

using namespace engage;
using server::definitions::Behavior;

namespace {

std::string text_of(std::chrono::year_month_day day) {
    const auto seconds = std::chrono::sys_seconds(std::chrono::sys_days(day)).time_since_epoch().count();
    return expr::values::format_datetime(seconds).substr(0, std::string_view("YYYY-MM-DD").size());
}

std::string text_of(const std::variant<server::definitions::Window, server::definitions::Days>& when) {
    if (const auto* window = std::get_if<server::definitions::Window>(&when))
        return std::to_string(window->seconds) + " seconds";
    const auto& days = std::get<server::definitions::Days>(when);
    return text_of(days.from) + " to " + text_of(days.to);
}

std::string text_of(const Behavior& behavior) {
    constexpr std::array kMeasures{"count", "unique", "total", "average", "min", "max", "median"};
    auto text = behavior.name + ": ";
    for (const auto& selector : behavior.selectors) {
        if (&selector != behavior.selectors.data()) text += " or ";
        text += selector.event.empty() ? "(any)" : selector.event;
        if (selector.selector) text += " where " + expr::syntax::to_tree(selector.selector->ast());
    }
    text += "; " + text_of(behavior.when) + "; " + kMeasures.at(static_cast<std::size_t>(behavior.measure));
    return behavior.property.empty() ? text : text + " of " + behavior.property;
}

std::string outcome_of(const Expected<std::vector<Behavior>, expr::values::DocumentError>& behaviors) {
    if (!behaviors) return "error " + behaviors.error().pointer + ' ' + behaviors.error().message;
    std::string text;
    for (const auto& behavior : *behaviors) text += (text.empty() ? "" : " | ") + text_of(behavior);
    return text.empty() ? "nothing" : text;
}

std::string outcome_of(
    const Expected<server::definitions::CohortDefinition, server::definitions::GroupsProblem>& definition) {
    if (!definition) {
        const auto& [error, is_unknown_form] = definition.error();
        return (is_unknown_form ? "unknown " : "error ") + error.pointer + ' ' + error.message;
    }
    const auto& ast = definition->program.ast();
    std::string text = ast.root ? expr::syntax::to_tree(ast) : "everybody";
    for (const auto& behavior : definition->behaviors) text += " | " + text_of(behavior);
    return text;
}

std::vector<test::Case> cases_of(const std::string& name) {
    return test::read_cases(ENGAGE_SOURCE_DIR "/tests/server/behaviors/" + name,
                            {.second_line = test::SecondLine::kRemark});
}

std::string selectors(std::size_t count) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i) list += (i == 0 ? "" : ",") + std::string(R"({"event":"A"})");
    return R"([{"window":"1d","name":"a","event_selectors":[)" + list + "]}]";
}

}  // namespace

TEST_CASE("the parameter behaviors means what parameter.case says", "[behaviors]") {
    for (const auto& one : cases_of("parameter.case")) {
        INFO(one.where() << "  " << one.expression);
        CHECK(outcome_of(server::definitions::parse_behaviors(one.expression, expr::syntax::Grammar::kEngage)) ==
              one.expected);
    }
}

TEST_CASE("the behaviors of saved cohorts mean what saved.case says", "[behaviors]") {
    for (const auto& one : cases_of("saved.case")) {
        INFO(one.where() << "  " << one.expression);
        const auto object = fixtures::json::read_document(one.expression);
        REQUIRE(object);
        CHECK(outcome_of(server::definitions::parse_saved_behaviors(expr::values::Cursor(*object))) == one.expected);
    }
}

TEST_CASE("the groups of cohorts mean what groups.case says", "[behaviors]") {
    for (const auto& one : cases_of("groups.case")) {
        INFO(one.where() << "  " << one.expression);
        const auto list = fixtures::json::read_document(one.expression);
        REQUIRE(list);
        CHECK(outcome_of(server::definitions::read_groups(expr::values::Cursor(*list))) == one.expected);
    }
}

TEST_CASE("the event selectors of a request are counted", "[behaviors]") {
    CHECK(server::definitions::parse_behaviors(selectors(server::definitions::kMostEventSelectors),
                                               expr::syntax::Grammar::kEngage));
    CHECK(outcome_of(server::definitions::parse_behaviors(selectors(server::definitions::kMostEventSelectors + 1),
                                                          expr::syntax::Grammar::kEngage)) ==
          "error /0/event_selectors/200 more than 200 event selectors");
}

TEST_CASE("event selectors are held to the grammar in force", "[behaviors]") {
    const auto* const text =
        R"([{"window":"1d","name":"a","event_selectors":[{"event":"A","selector":"len(event[\"x\"]) > 1"}]}])";
    CHECK_FALSE(server::definitions::parse_behaviors(text, expr::syntax::Grammar::kEngage));
    CHECK(server::definitions::parse_behaviors(text, expr::syntax::Grammar::kFull));
}
