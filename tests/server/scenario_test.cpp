#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/support/scenario.hpp"

TEST_CASE("every scenario plays as it is written", "[scenario]") {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(ENGAGE_SOURCE_DIR "/tests/server/scenarios"))
        if (entry.path().extension() == ".scenario") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    REQUIRE_FALSE(files.empty());
    for (const auto& file : files) DYNAMIC_SECTION(std::filesystem::path(file).stem().string()) {
            engage::test::replay_scenario(file);
        }
}
