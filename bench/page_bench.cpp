// What one page costs, without a socket: page_bench PROFILES PAGE...
// Each page is answered once to warm up; then it prints the page, its bytes and the median of its microseconds.
// Under callgrind it dumps the counters of each page instead: see pages_bench.py.
#include <valgrind/callgrind.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "bench/generated_project.hpp"
#include "server/app/app.hpp"

namespace {

using namespace engage;

constexpr int kRepetitions = 101;

server::http::HttpRequest page_request(const std::string& parameters) {
    return {.method = "GET", .target = "/api/query/engage?page_size=1000" + parameters, .headers = {}, .body = {}};
}

std::string session_id_of(const std::string& body) {
    const std::string key = R"("session_id":")";
    const auto begin = body.rfind(key) + key.size();
    return body.substr(begin, body.find('"', begin) - begin);
}

void count_instructions(server::app::App& app, const server::http::HttpRequest& request, const char* name) {
    CALLGRIND_ZERO_STATS;
    CALLGRIND_TOGGLE_COLLECT;
    const auto response = app.handle(request);
    CALLGRIND_TOGGLE_COLLECT;
    CALLGRIND_DUMP_STATS_AT(name);
}

double median_microseconds(server::app::App& app, const server::http::HttpRequest& request) {
    std::vector<double> times;
    for (int i = 0; i < kRepetitions; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        const auto response = app.handle(request);
        times.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count());
    }
    std::nth_element(times.begin(), times.begin() + kRepetitions / 2, times.end());
    return times[kRepetitions / 2];
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fputs("usage: page_bench PROFILES PAGE...\n", stderr);
        return 2;
    }
    server::catalogue::Settings settings;
    settings.auth_required = false;
    settings.rate_limited = false;
    server::app::App app(std::move(settings));
    std::vector<fixtures::project::Project> projects;
    projects.push_back(generated_project(static_cast<std::uint32_t>(std::strtoul(argv[1], nullptr, 10))));
    if (!app.publish(std::move(projects))) return 1;

    const auto session_id = session_id_of(app.handle(page_request("")).body);
    for (int i = 2; i < argc; ++i) {
        const auto request = page_request("&session_id=" + session_id + "&page=" + argv[i]);
        const auto size = app.handle(request).body.size();
        if (RUNNING_ON_VALGRIND != 0) {
            count_instructions(app, request, argv[i]);
            std::printf("%s %zu\n", argv[i], size);
        } else {
            std::printf("%s %zu %.1f\n", argv[i], size, median_microseconds(app, request));
        }
    }
    return 0;
}
