#include "server/definitions/cohorts.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "server/definitions/references.hpp"

using namespace engage;

namespace {

fixtures::project::Project project_of(const std::string& cohorts) {
    constexpr std::string_view kProject =
        R"({"project_id":7,"data_groups":[{"property_name":"company","data_group_id":-5}]})";
    auto project = fixtures::project::load_project(
        "demo", {{"project.json", kProject, nullptr}, {"cohorts.json", cohorts, nullptr}});
    REQUIRE(project);
    return std::move(*project);
}

/// One problem a line; empty when the cohorts are ready.
std::string problems_of(const fixtures::project::Project& project,
                        expr::syntax::Grammar grammar = expr::syntax::Grammar::kEngage) {
    const auto cohorts = server::definitions::prepare_cohorts(project, grammar);
    std::string text;
    if (cohorts) return text;
    for (const auto& problem : cohorts.error()) text += fixtures::files::to_string(problem) + '\n';
    return text;
}

std::string problems_of(const std::string& cohorts) { return problems_of(project_of(cohorts)); }

std::string cohort(std::uint64_t id, const std::string& rest) {
    return "{\"id\":" + std::to_string(id) + ",\"name\":\"c\"" + rest + '}';
}

std::string reference_to(std::uint64_t id) {
    return R"({"property":"cohort","value":)" + std::to_string(id) + R"(,"operator":"in"})";
}

/// `,"selector":…` of a cohort that refers to others.
std::string selector_of(const std::vector<std::uint64_t>& ids) {
    std::string children;
    for (const auto id : ids) children += (children.empty() ? "" : ",") + reference_to(id);
    return R"(,"selector":{"operator":"or","children":[)" + children + "]}";
}

using Graph = std::vector<std::vector<bool>>;

Graph random_graph(std::mt19937& random, std::size_t size) {
    const auto one_in = 1 + random() % (2 * size);
    Graph graph(size, std::vector<bool>(size));
    for (auto& row : graph)
        for (std::size_t to = 0; to < size; ++to) row[to] = random() % one_in == 0;
    return graph;
}

/// Whether one can walk back to where one came from: the closure, by Warshall.
bool has_circle(Graph graph) {
    for (std::size_t by = 0; by < graph.size(); ++by)
        for (std::size_t from = 0; from < graph.size(); ++from)
            for (std::size_t to = 0; to < graph.size(); ++to)
                if (graph[from][by] && graph[by][to]) graph[from][to] = true;
    for (std::size_t i = 0; i < graph.size(); ++i)
        if (graph[i][i]) return true;
    return false;
}

server::definitions::ReadyCohorts cohorts_of(const Graph& graph) {
    server::definitions::ReadyCohorts cohorts;
    for (std::size_t from = 0; from < graph.size(); ++from) {
        auto& ready = cohorts[from + 1];
        ready.id = from + 1;
        for (std::size_t to = 0; to < graph.size(); ++to)
            if (graph[from][to]) ready.references.push_back(to + 1);
    }
    return cohorts;
}

/// Cohorts 1 to `count`, each referring to the next one.
server::definitions::ReadyCohorts chain_of(std::uint64_t count) {
    server::definitions::ReadyCohorts cohorts;
    for (std::uint64_t id = 1; id <= count; ++id) {
        cohorts[id].id = id;
        if (id < count) cohorts[id].references = {id + 1};
    }
    return cohorts;
}

}  // namespace

TEST_CASE("what is wrong with the definition of a cohort is told with its place", "[cohorts]") {
    CHECK(problems_of("[" + cohort(1, R"(,"where":"1 ==")") + "]") ==
          "demo/cohorts.json: /0/where: at character 4: expected a value after the comparison operator\n");
    CHECK(problems_of("[" + cohort(1, R"(,"selector":{"property":"usr","value":"x"})") + "]") ==
          "demo/cohorts.json: /0/selector/property: unknown property \"usr\"; did you mean 'user'?\n");
    CHECK(problems_of("[" + cohort(1, R"(,"where":"behaviors[\"b\"] > 0")") + "]") ==
          "demo/cohorts.json: /0/where: behaviors[\"b\"] is not declared in behaviors\n");
    CHECK(problems_of("[" + cohort(1, R"(,"where":"true","behaviors":[{"name":"b"}])") + "]") ==
          "demo/cohorts.json: /0/behaviors/0: expected the key window, found none\n");
    CHECK(problems_of("[" + cohort(1, R"(,"where":"true","behaviors":"[{}")") + "]")
              .starts_with("demo/cohorts.json: /0/behaviors"));
    CHECK(problems_of("[" + cohort(1, R"(,"selector":{},"behaviors":{"b":{"count":{}}})") + "]")
              .starts_with("demo/cohorts.json: /0/behaviors/b/count: expected the key event_selector"));
}

TEST_CASE("a cohort keeps the behaviors that it reads, in either form", "[cohorts]") {
    const auto project =
        project_of("[" + cohort(1, R"(,"where":"behaviors[\"b\"] > 0",
            "behaviors":[{"name":"b","window":"7d","event_selectors":[{"event":"Buy"}]}])") +
                   "," + cohort(2, R"(,"selector":{"property":"behaviors","value":"b","operator":">","operand":0},
            "behaviors":{"b":{"count":{"event_selector":{"event":"Buy","selector":null},"type":"absolute"},
                              "window":{"unit":"day","value":7}}})") +
                   "]");
    const auto cohorts = server::definitions::prepare_cohorts(project, expr::syntax::Grammar::kKnown);
    REQUIRE(cohorts);
    for (const auto id : {1U, 2U}) {
        const auto& behaviors = cohorts->at(id).behaviors;
        REQUIRE(behaviors.size() == 1);
        CHECK(behaviors[0].name == "b");
        CHECK(std::get<server::definitions::Window>(behaviors[0].when).seconds == 7 * 86400);
        CHECK(behaviors[0].selectors.at(0).event == "Buy");
    }
}

TEST_CASE("a reference to a cohort that cannot be one is a problem", "[cohorts]") {
    CHECK(problems_of("[" + cohort(1, selector_of({9})) + "]") ==
          "demo/cohorts.json: /0/selector: cohort 9 does not exist\n");
    CHECK(problems_of("[" + cohort(1, R"(,"data_group_id":"-5")") + "," + cohort(2, selector_of({1})) + "]") ==
          "demo/cohorts.json: /1/selector: cohort 1 is of the data group -5, expected one of users\n");
    CHECK(problems_of("[" + cohort(1, R"(,"data_group_id":"-5")" + selector_of({2})) + "," + cohort(2, "") + "]") ==
          "demo/cohorts.json: /0/selector: cohort 2 is of users, expected one of the data group -5\n");
}

TEST_CASE("cohorts that refer to each other in a circle are refused with the whole chain", "[cohorts]") {
    CHECK(problems_of("[" + cohort(3, selector_of({3})) + "]") ==
          "demo/cohorts.json: /0/selector: cohorts refer to each other in a circle: 3 → 3\n");
    // 1 only leads there.
    CHECK(problems_of("[" + cohort(1, selector_of({3})) + "," + cohort(3, selector_of({4})) + "," +
                      cohort(4, selector_of({5, 3})) + "," + cohort(5, "") + "]") ==
          "demo/cohorts.json: /1/selector: cohorts refer to each other in a circle: 3 → 4 → 3\n");
}

TEST_CASE("references are refused when there is a circle, and only then", "[cohorts]") {
    std::mt19937 random(1);
    int circles = 0;
    for (int round = 0; round < 2000; ++round) {
        const auto graph = random_graph(random, 1 + random() % 12);
        const auto problems = server::definitions::check_references(cohorts_of(graph));
        CAPTURE(round);
        CHECK(problems.empty() == !has_circle(graph));
        circles += problems.empty() ? 0 : 1;
    }
    CHECK(circles > 200);
    CHECK(circles < 1800);
}

TEST_CASE("so many cohorts may refer to each other in a row", "[cohorts]") {
    CHECK(server::definitions::check_references(chain_of(server::definitions::kLongestChain)).empty());
    const auto problems = server::definitions::check_references(chain_of(server::definitions::kLongestChain + 1));
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].second == "more than 100 cohorts refer to each other in a row");
    CHECK(server::definitions::check_references(chain_of(100'000)).size() == 1);
    // The other way round the tail of the chain is known when its head is met.
    server::definitions::ReadyCohorts backwards = chain_of(1);
    for (std::uint64_t id = 2; id <= server::definitions::kLongestChain + 1; ++id) {
        backwards[id].id = id;
        backwards[id].references = {id - 1};
    }
    CHECK(server::definitions::check_references(backwards).size() == 1);
}
