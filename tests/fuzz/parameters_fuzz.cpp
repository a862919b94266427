#include <cstdint>
#include <cstdlib>

#include "server/app/app.hpp"
#include "server/catalogue/error.hpp"
#include "server/catalogue/errors/emulator.hpp"

namespace {

using namespace engage;

server::app::App& app() {
    static const auto instance = [] {
        server::catalogue::Settings settings;
        settings.auth_required = false;
        settings.rate_limited = false;
        settings.clock = server::time::TimePoint{};
        auto made = std::make_unique<server::app::App>(settings);
        static const std::string kProject =
            R"({"project_id":1,"data_groups":[{"property_name":"g","display_name":"G","data_group_id":"7"}]})";
        static const std::string kRows =
            R"([{"$distinct_id":"a","$properties":{"x":1}},{"$distinct_id":"b","$properties":{"x":"é"}}])";
        static const std::string kCohorts = R"([{"id":1,"name":"c","members":["a","z"]}])";
        std::vector<fixtures::project::Project> projects;
        auto project = fixtures::project::load_project(
            "fuzz", {{"project.json", kProject, {}}, {"profiles.json", kRows, {}}, {"cohorts.json", kCohorts, {}}});
        if (!project) std::abort();
        projects.push_back(std::move(*project));
        if (!made->publish(std::move(projects))) std::abort();
        return made;
    }();
    return *instance;
}

}  // namespace

/// The first line is the target's query, the rest the body. Whatever a client sends, it gets an answer of the catalogue
/// that is no internal error.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto line = input.substr(0, input.find('\n'));
    const auto body = input.substr(std::min(size, line.size() + 1));
    const auto response = app().handle({.method = "POST",
                                        .target = "/api/query/engage?" + std::string(line),
                                        .headers = {},
                                        .body = std::string(body)});
    if (response.status == server::catalogue::errors::kInternal.status || response.body.empty()) std::abort();
    return 0;
}
