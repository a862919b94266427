#include <catch2/catch.hpp>
#include <filesystem>

#include "server/catalogue/error.hpp"
#include "server/catalogue/fact.hpp"
#include "tests/support/scenario.hpp"
#include "tests/support/scenario_file.hpp"

using namespace engage;

namespace {

std::vector<std::filesystem::path> scenario_files() {
    return test::data_files(ENGAGE_SOURCE_DIR "/tests/server/scenarios", ".scenario");
}

}  // namespace

TEST_CASE("every scenario plays as it is written", "[scenario]") {
    for (const auto& file : scenario_files()) DYNAMIC_SECTION(file.stem().string()) {
            test::replay_scenario(file);
        }
}

TEST_CASE("a header that a scenario finds missing is one that others find", "[scenario]") {
    using namespace engage::test;
    std::set<std::string> found;
    std::set<std::string> missing;
    for (const auto& file : scenario_files())
        for (const auto& step : test::read_scenario(file).steps) {
            const auto* const exchange = std::get_if<test::Exchange>(&step);
            if (!exchange) continue;
            for (const auto& check : exchange->checks) {
                if (check.word == "header") found.insert(test::split_header(check.rest).first);
                if (check.word == "no-header") missing.insert(check.rest);
            }
        }
    CHECK_FALSE(missing.empty());
    for (const auto& name : missing) {
        CAPTURE(name);
        CHECK(found.contains(name));
    }
}

TEST_CASE("the scenarios show every row of the ledger that an answer can rest on", "[scenario][fidelity]") {
    using namespace engage;
    using namespace engage::server;
    std::set<std::string> shown;
    for (const auto& file : scenario_files()) shown.merge(test::evidence_of_scenario(file));
    // No answer of 200 can name these: they shape refusals, the loading of fixtures, what the grammar lets pass, or how
    // bodies travel.
    const std::set<std::string_view> unnamed = {
        "forbidden-project",   "unknown-project",
        "challenge",           "check-order",
        "refused-not-counted", "limit-order",
        "concurrency-headers", "request-echo",
        "error-headers",       "numeric-distinct-id",
        "largest-page",        "session-of-project",
        "quota.retry_after",   "concurrency.session_pages",
        "fidelity.header",     "fidelity.strict",
        "http.compression",    "gzip-bodies",
        "http.framing",
    };
    const auto check = [&](std::string_view name) {
        CAPTURE(name);
        CHECK(shown.contains(std::string(name)) != unnamed.contains(name));
    };
    for (const auto* row : catalogue::all_facts()) check(row->name);
    for (const auto* row : catalogue::all_switches()) check(row->name);
}
