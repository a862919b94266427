#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "server/catalogue/error.hpp"
#include "server/catalogue/fact.hpp"
#include "server/catalogue/ledger.hpp"

using namespace engage;
using namespace engage::server;

TEST_CASE("docs/fidelity.md is what the ledger says", "[fidelity]") {
    const std::string path = ENGAGE_SOURCE_DIR "/docs/fidelity.md";
    if (std::getenv("UPDATE_GOLDEN")) std::ofstream(path) << catalogue::fidelity_markdown();
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    INFO("UPDATE_GOLDEN=1 script/test writes it again; review the difference");
    const bool is_current = text.str() == catalogue::fidelity_markdown();
    CHECK(is_current);
}

TEST_CASE("every row of the ledger has a name of its own, a basis and a source", "[fidelity]") {
    std::set<std::string_view> names;
    const auto check = [&](std::string_view name, catalogue::Basis basis, std::string_view source) {
        CAPTURE(name);
        CHECK(names.insert(name).second);
        CHECK((basis == catalogue::Basis::kOwn || !source.empty()));
    };
    for (const auto* row : catalogue::all_facts()) check(row->name, row->basis, row->source);
    for (const auto* row : catalogue::all_errors()) check(row->name, row->basis, row->source);
    for (const auto* each : catalogue::all_switches()) {
        const auto& row = *each;
        CHECK(names.insert(row.name).second);
        REQUIRE_FALSE(row.values.empty());
        for (const auto& value : row.values) {
            CAPTURE(row.name, value.name);
            CHECK((value.basis == catalogue::Basis::kOwn || !value.source.empty()));
        }
    }
}

TEST_CASE("every switch stands on its first value and takes every value", "[fidelity]") {
    for (const auto* each : catalogue::all_switches()) {
        const auto& row = *each;
        catalogue::Switches switches;
        CAPTURE(row.name);
        if (row.default_number != 0) {
            CHECK(switches.value_text(row) == std::to_string(row.default_number));
            CHECK(switches.set(std::string(row.name) + "=5"));
            CHECK(switches.value_text(row) == "5");
            continue;
        }
        CHECK(switches.value_text(row) == row.values.front().name);
        for (const auto& value : row.values) {
            CHECK(switches.set(std::string(row.name) + "=" + std::string(value.name)));
            CHECK(switches.value_text(row) == value.name);
        }
    }
}

TEST_CASE("a wrong switch says what would have been right", "[fidelity]") {
    catalogue::Switches switches;
    CHECK(switches.set("session.missing=maybe").error() ==
          "switch session.missing: expected error or recompute, found \"maybe\"");
    CHECK(switches.set("session.missing").error() == "switch session.missing: expected error or recompute, found \"\"");
    CHECK(switches.set("session.changed_params=").error() ==
          "switch session.changed_params: expected error, ignore or recompute, found \"\"");
    CHECK(switches.set("session.ttl=0").error() ==
          "switch session.ttl: expected a number of seconds from 1 to 4294967295, found \"0\"");
    CHECK(switches.set("session.ttl=1h").error() ==
          "switch session.ttl: expected a number of seconds from 1 to 4294967295, found \"1h\"");
    std::string names;
    for (const auto* row : catalogue::all_switches()) names += (names.empty() ? "" : ", ") + std::string(row->name);
    CHECK(switches.set("nothing=1").error() == "unknown switch \"nothing\": expected name=value with one of " + names);
}
