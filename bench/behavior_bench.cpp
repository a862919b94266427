// What page 0 of a query with behaviors costs when the columns are there: behavior_bench [PROFILES] [EVENTS]
// Each query is answered with another as_of_timestamp each time, so that nothing is remembered. Prints the median of
// the CPU milliseconds of one thread, the first answer (which builds columns), and how many profiles match.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include "fixtures/project/project.hpp"
#include "server/app/app.hpp"

namespace {

using namespace engage;

constexpr std::int64_t kNow = 1'788'220'800;
constexpr int kRepetitions = 21;

struct Query {
    const char* name;
    const char* behaviors;
    const char* where;
    const char* sort_key = "";
};
constexpr Query kQueries[] = {
    {"one event of 20, 30 days", R"([{"window":"30d","name":"n","event_selectors":[{"event":"Event 3"}]}])",
     R"(behaviors["n"] > 0)"},
    {"any event, 90 days", R"([{"window":"90d","name":"n","event_selectors":[{"event":"$any_event"}]}])",
     R"(behaviors["n"] > 9)"},
    {"any event with a condition on it",
     R"([{"window":"90d","name":"n","event_selectors":[{"event":"$any_event","selector":"event[\"plan\"] == \"pro\" and event[\"amount\"] > 50"}]}])",
     R"(behaviors["n"] > 3)"},
    {"one event with a condition on the user",
     R"([{"window":"90d","name":"n","event_selectors":[{"event":"Event 3","selector":"user[\"plan\"] != event[\"plan\"]"}]}])",
     R"(behaviors["n"] > 0)"},
    {"four behaviors and a property",
     R"([{"window":"30d","name":"a","event_selectors":[{"event":"Event 1"}]},{"window":"30d","name":"b","event_selectors":[{"event":"Event 2"}]},{"window":"30d","name":"c","event_selectors":[{"event":"Event 3"}]},{"window":"30d","name":"d","event_selectors":[{"event":"Event 4"}]}])",
     R"(behaviors["a"] > 0 and behaviors["b"] > 0 and behaviors["c"] == 0 and behaviors["d"] == 0 and properties["plan"] == "pro")"},
    {"any event, 90 days, sorted by its count",
     R"([{"window":"90d","name":"n","event_selectors":[{"event":"$any_event"}]}])", R"(behaviors["n"] > 9)",
     R"(behaviors["n"])"},
};

std::string id_of(std::size_t n) { return "user-" + std::to_string(n); }

fixtures::files::SourceFile file_of(const char* path, std::string text) {
    auto owner = std::make_shared<const std::string>(std::move(text));
    return {.path = path, .text = *owner, .owner = owner};
}

fixtures::project::Project make_project(std::size_t profiles, std::size_t events) {
    std::mt19937 random(1);
    constexpr const char* kPlans[] = {"free", "pro", "team"};
    std::string users;
    for (std::size_t n = 0; n < profiles; ++n)
        users += R"({"$distinct_id":")" + id_of(n) + R"(","$properties":{"plan":")" + kPlans[random() % 3] + "\"}}\n";
    std::string lines;
    for (std::size_t n = 0; n < events; ++n)
        lines += R"({"event":"Event )" + std::to_string(random() % 20) + R"(","properties":{"time":)" +
                 std::to_string(kNow - static_cast<std::int64_t>(random() % (90 * 86'400))) + R"(,"distinct_id":")" +
                 id_of(random() % profiles) + R"(","plan":")" + kPlans[random() % 3] + R"(","amount":)" +
                 std::to_string(random() % 100) + "}}\n";
    auto project = fixtures::project::load_project(
        "generated", {file_of("project.json", R"({"project_id":1,"name":"events"})"),
                      file_of("profiles.ndjson", std::move(users)), file_of("events.ndjson", std::move(lines))});
    if (!project) {
        std::fprintf(stderr, "%s\n", fixtures::files::to_string(project.error().front()).c_str());
        std::exit(1);
    }
    return std::move(*project);
}

std::string encoded(const std::string& text) {
    std::string form;
    char byte[4];
    for (const unsigned char c : text) {
        std::snprintf(byte, sizeof byte, "%%%02X", static_cast<unsigned>(c));
        form += byte;
    }
    return form;
}

double cpu_milliseconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

void measure(server::app::App& app, const Query& query) {
    std::vector<double> times;
    std::string body;
    for (int i = 0; i <= kRepetitions; ++i) {
        const server::http::HttpRequest request{
            .method = "GET",
            .target = "/api/query/engage?project_id=1&as_of_timestamp=" + std::to_string(kNow + i) +
                      "&where=" + encoded(query.where) + "&behaviors=" + encoded(query.behaviors) +
                      "&sort_key=" + encoded(query.sort_key),
            .headers = {},
            .body = {}};
        const auto begin = cpu_milliseconds();
        body = app.handle(request).body;
        times.push_back(cpu_milliseconds() - begin);
    }
    const auto first = times.front();
    std::nth_element(times.begin() + 1, times.begin() + 1 + kRepetitions / 2, times.end());
    const auto total = body.rfind("\"total\":");
    if (total == std::string::npos) std::printf("%s\n", body.c_str());
    std::printf("%-42s %7.1f ms, the first %7.1f ms, total %s\n", query.name,
                times[static_cast<std::size_t>(1 + kRepetitions / 2)], first,
                body.substr(total + 8, body.find(',', total) - total - 8).c_str());
}

}  // namespace

int main(int argc, char** argv) {
    const auto number = [&](int i, std::size_t otherwise) {
        return argc > i ? std::strtoul(argv[i], nullptr, 10) : otherwise;
    };
    server::catalogue::Settings settings;
    settings.auth_required = false;
    settings.rate_limited = false;
    server::app::App app(std::move(settings));
    std::vector<fixtures::project::Project> projects;
    projects.push_back(make_project(number(1, 100'000), number(2, 1'000'000)));
    if (!app.publish(std::move(projects))) return 1;
    for (const auto& query : kQueries) measure(app, query);
    return 0;
}
