#include "tests/support/test_project.hpp"

#include <stdexcept>

namespace engage::test {

namespace {

fixtures::project::Project checked(
    Expected<fixtures::project::Project, std::vector<fixtures::files::Problem>> project) {
    if (project) return std::move(*project);
    std::string text;
    for (const auto& problem : project.error()) text += fixtures::files::to_string(problem) + "\n";
    throw std::runtime_error(text);
}

}  // namespace

fixtures::project::Project load(const std::vector<std::pair<std::string, std::string>>& files) {
    std::vector<fixtures::files::SourceFile> sources;
    for (const auto& [path, text] : files) {
        auto owner = std::make_shared<const std::string>(text);
        sources.push_back({path, *owner, owner});
    }
    return checked(fixtures::project::load_project("test", sources));
}

std::string numbered_id(std::size_t n) {
    auto digits = std::to_string(n);
    return "p" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

fixtures::project::Project numbered_project(std::size_t count, std::uint64_t project_id) {
    const auto id = std::to_string(project_id);
    std::string rows;
    for (std::size_t n = 1; n <= count; ++n)
        rows += R"({"$distinct_id":")" + numbered_id(n) + R"(","$properties":{"even":)" +
                (n % 2 == 0 ? "true" : "false") + R"(,"n":)" + std::to_string(n) +
                R"(,"$last_seen":"2026-06-30T12:00:00"}})" + "\n";
    return load(
        {{"project.json", R"({"project_id":)" + id +
                              R"(,"name":"numbered","service_accounts":[{"username":"sa","secret":"secret"}],)" +
                              R"("api_secret":"topsecret)" + (project_id == 1 ? "" : id) + "\"}"},
         {"profiles.ndjson", rows}});
}

fixtures::project::Project committed_project(const std::string& name) {
    const auto directory = std::string(ENGAGE_SOURCE_DIR) + "/tests/server/projects/" + name;
    auto files = fixtures::files::read_directory(directory);
    if (!files) throw std::runtime_error(fixtures::files::to_string(files.error().front()));
    return checked(fixtures::project::load_project(name, *files));
}

}  // namespace engage::test
