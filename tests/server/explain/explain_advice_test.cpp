#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "server/explain/explain.hpp"
#include "server/running/projects.hpp"
#include "tests/support/advice_file.hpp"
#include "tests/support/test_project.hpp"

using namespace engage;
using namespace engage::server;

namespace {

/// Profiles with the property `x` each, as the case says.
space::SnapshotPtr project_of(const test::Asked& asked) {
    std::string rows;
    for (const auto& value : test::values_of(asked))
        rows += R"({"$distinct_id":"p)" + std::to_string(std::count(rows.begin(), rows.end(), '\n')) +
                R"(","$properties":{)" + (value == "-" ? "" : "\"x\":" + value) + "}}\n";
    return std::make_shared<const space::Snapshot>(std::make_shared<const fixtures::project::Project>(
        test::load({{"project.json", R"({"project_id":1})"}, {"profiles.ndjson", rows}})));
}

/// The advice, each line behind a star and with its end.
std::string advised(const space::SnapshotPtr& snapshot, const std::string& where) {
    const auto explanation = explain::explain(snapshot, {.where = where, .data_group_id = {}, .distinct_id = {}},
                                              {.now = 1'782'864'000, .zone = snapshot->project->zone});
    REQUIRE(explanation);
    std::string advice;
    for (const auto& line : explanation->advice) advice += "* " + line + '\n';
    return advice;
}

}  // namespace

TEST_CASE("advice names what was overlooked and what to write", "[explain]") {
    std::ostringstream problems;
    const auto demo = std::make_shared<const space::Snapshot>(
        std::make_shared<const fixtures::project::Project>(std::move(running::load_projects({}, problems)->front())));
    const std::string file = "advice.case";
    const auto text = test::read_data(ENGAGE_SOURCE_DIR "/tests/server/explain/" + file);
    for (const auto& asked : test::parse_advice(text, file)) {
        INFO(asked.at.text() << "  " << asked.where);
        const auto advice =
            asked.profiles == "demo" ? advised(demo, asked.where) : advised(project_of(asked), asked.where);
        CHECK(advice == asked.advice);
    }
}
