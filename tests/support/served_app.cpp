#include "tests/support/served_app.hpp"

#include <stdexcept>

#include "server/time/time_text.hpp"

namespace engage::test {

namespace {

constexpr std::string_view kProject =
    R"({"project_id":7,"name":"wire","timezone":"UTC",)"
    R"("service_accounts":[{"username":"wire","secret":"s3cret"}],"quota":{"per_hour":60,"concurrent":5}})";

fixtures::project::Project wire_project(const std::string& profiles) {
    auto project = fixtures::project::load_project(
        "wire", {{"profiles.ndjson", profiles, nullptr}, {"project.json", kProject, nullptr}});
    if (!project) throw std::runtime_error(fixtures::files::to_string(project.error().front()));
    return std::move(*project);
}

}  // namespace

server::catalogue::Settings open_settings() {
    server::catalogue::Settings settings;
    settings.auth_required = false;
    settings.rate_limited = false;
    settings.clock = server::time::parse_instant("2026-07-01T00:00:00Z");
    settings.seed = 1;
    return settings;
}

std::string three_profiles() {
    return R"({"$distinct_id":"ada","$properties":{"name":"Ada","note":"a=b&c=d","plan":"pro"}})"
           "\n"
           R"({"$distinct_id":"bob","$properties":{"name":"Bob","plan":"free"}})"
           "\n"
           R"({"$distinct_id":"zoe","$properties":{"name":"Zoë","plan":"pro"}})"
           "\n";
}

std::string large_profiles(std::size_t count, std::size_t bytes) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += R"({"$distinct_id":"u)" + std::to_string(i) + R"(","$properties":{"filler":")" +
                std::string(bytes, 'x') + "\"}}\n";
    return text;
}

ServedApp::ServedApp(ServedOptions options)
    : profiles_(std::move(options.profiles)),
      app_(std::move(options.settings)),
      transport_([this](const server::http::HttpRequest& request) { return app_.handle(request); }, options.limits,
                 std::move(options.kind)) {
    std::vector<fixtures::project::Project> projects;
    projects.push_back(wire_project(profiles_));
    if (const auto published = app_.publish(std::move(projects)); !published)
        throw std::runtime_error(fixtures::files::to_string(published.error().front()));
    const auto port = transport_.start("127.0.0.1", 0);
    if (!port) throw std::runtime_error(port.error());
    port_ = *port;
}

}  // namespace engage::test
