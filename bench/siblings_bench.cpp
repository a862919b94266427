// What the sibling endpoints of engage cost over a million generated profiles, without a socket: siblings_bench [FLAGS]
// Each is asked once to warm up; the time of that is its counter `first_ms`. SIBLINGS_PROFILES sets another number.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bench/generated_project.hpp"
#include "server/app/app.hpp"
#include "server/catalogue/error.hpp"

namespace {

using namespace engage;

constexpr const char* kTargets[] = {
    "properties?",
    "stats?action=count()",
    "stats?action=count()&selector=properties[\"plan\"]==\"pro\"",
    "stats?action=extremes(properties[\"Total Spent\"])",
    "stats?action=percentile(properties[\"Total Spent\"],90)",
    "stats?action=numeric_summary(properties[\"Total Spent\"])",
    "stats?action=percentile(properties[\"logins\"],90)&selector=properties[\"plan\"]==\"pro\"",
    "stats?action=count()&segment_by_cohorts={\"5100001\":true,\"5100002\":true}",
    "values?property=plan",
    "values?property=tags",
    "values?property=$email",
    "revenue?from_date=2026-01-01&to_date=2026-06-30",
};

std::uint32_t profile_count() {
    const auto* const given = std::getenv("SIBLINGS_PROFILES");
    return given ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10)) : 1'000'000;
}

std::unique_ptr<server::app::App> make_app() {
    std::vector<fixtures::project::Project> projects;
    projects.push_back(generated_project(profile_count()));
    server::catalogue::Settings settings;
    settings.auth_required = false;
    settings.rate_limited = false;
    auto app = std::make_unique<server::app::App>(std::move(settings));
    if (!app->publish(std::move(projects))) std::exit(1);
    return app;
}

server::app::App& app() {
    static const auto served = make_app();
    return *served;
}

/// Of the wall: a first request may use both processors.
double milliseconds() {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void warm(benchmark::State& state) {
    const std::string target = kTargets[state.range(0)];
    const server::http::HttpRequest request{
        .method = "GET", .target = "/api/query/engage/" + target, .headers = {}, .body = {}};
    auto& served = app();
    const auto begin = milliseconds();
    const auto first = served.handle(request);
    const auto first_ms = milliseconds() - begin;
    if (first.status != server::catalogue::kOk) return state.SkipWithError(first.body.c_str());
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(served.handle(request).body.data());
    state.SetLabel(target);
    // The harness calls this function several times; only the first call finds nothing computed.
    static double cold[std::size(kTargets)] = {};
    auto& known = cold[state.range(0)];
    if (known == 0) known = first_ms;
    state.counters["first_ms"] = known;
}
BENCHMARK(warm)->DenseRange(0, static_cast<int>(std::size(kTargets)) - 1)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
