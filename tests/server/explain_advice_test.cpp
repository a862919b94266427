#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "server/cli/projects.hpp"
#include "server/explain/explain.hpp"
#include "tests/support/test_project.hpp"

using namespace engage;
using namespace engage::server;

namespace {

/// A case of advice.case.
struct Asked {
    std::string where;
    std::string profiles;
    std::string advice;  ///< The lines, each with its end.
    std::size_t line = 0;
};

std::vector<Asked> read_cases() {
    std::ifstream in(std::string(ENGAGE_SOURCE_DIR) + "/tests/server/explain/advice.case");
    std::vector<Asked> cases;
    std::size_t number = 0;
    bool is_open = false;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.starts_with('#')) continue;
        if (line.empty())
            is_open = false;
        else if (!is_open)
            is_open = true, cases.push_back({line, {}, {}, number});
        else if (line.starts_with("* "))
            cases.back().advice += line + '\n';
        else
            cases.back().profiles = line;
    }
    return cases;
}

/// Profiles with one property `x` each, from `x = VALUE | VALUE`.
ServedProject project_of(const std::string& line) {
    std::string rows;
    std::istringstream values(line.substr(line.find('=') + 1) + " |");
    std::string value;
    for (std::size_t i = 0; values >> value; ++i) {
        for (std::string more; values >> more && more != "|";) value += ' ' + more;
        rows += R"({"$distinct_id":"p)" + std::to_string(i) + R"(","$properties":{)" +
                (value == "-" ? "" : "\"x\":" + value) + "}}\n";
    }
    return {std::make_shared<const fixtures::Project>(
                test::load({{"project.json", R"({"project_id":1})"}, {"profiles.ndjson", rows}})),
            {}};
}

/// The advice, each line behind a star and with its end.
std::string advised(const ServedProject& served, const std::string& where) {
    const auto explanation = explain(served, {.where = where, .data_group_id = {}, .distinct_id = {}},
                                     {.now = 1'782'864'000, .zone = served.project->zone});
    REQUIRE(explanation);
    std::string advice;
    for (const auto& line : explanation->advice) advice += "* " + line + '\n';
    return advice;
}

}  // namespace

TEST_CASE("advice names what was overlooked and what to write", "[explain]") {
    std::ostringstream problems;
    const ServedProject demo(std::make_shared<const fixtures::Project>(std::move(load_projects({}, problems)->front())),
                             {});
    const auto cases = read_cases();
    CHECK(cases.size() > 40);
    for (const auto& asked : cases) {
        CAPTURE(asked.line, asked.where);
        const auto advice =
            asked.profiles == "demo" ? advised(demo, asked.where) : advised(project_of(asked.profiles), asked.where);
        CHECK(advice == asked.advice);
    }
}
