// What sorting a million generated profiles costs, and a page of the sorted session. Columns are built before: that is
// a matter of filters too. Time is CPU time.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "fixtures/generate/generate.hpp"
#include "fixtures/project/project.hpp"
#include "server/query/endpoints/page.hpp"
#include "server/query/execution/run.hpp"
#include "server/query/plan/ordering.hpp"

namespace {

using namespace engage;

constexpr std::uint32_t kProfiles = 1'000'000;

const server::space::SnapshotPtr& snapshot() {
    static const server::space::SnapshotPtr project = [] {
        std::vector<fixtures::files::SourceFile> files;
        for (auto& file : fixtures::generate::generate_project({.profiles = kProfiles, .groups = 1, .seed = 1})) {
            auto text = std::make_shared<const std::string>(std::move(file.text));
            files.push_back({.path = std::move(file.path), .text = *text, .owner = text});
        }
        auto loaded = fixtures::project::load_project("generated", files);
        if (!loaded) std::abort();
        return std::make_shared<const server::space::Snapshot>(
            std::make_shared<const fixtures::project::Project>(std::move(*loaded)));
    }();
    return project;
}

/// A number of many values, dates as texts, a few texts, as many texts as profiles, and what is computed for each value
/// and for each row.
constexpr const char* kSortKeys[] = {
    R"(properties["Total Spent"])",
    R"(properties["$last_seen"])",
    R"(properties["$city"])",
    R"(properties["$email"])",
    R"(datetime(properties["$last_seen"]))",
    R"(properties["$last_name"] + properties["$email"])",
};

server::space::Matches sorted_by(const char* text) {
    const server::catalogue::Switches switches;
    server::catalogue::Readings readings(switches);
    server::query::request::EngageQuery query;
    query.order.sort_key = text;
    const auto plan = server::query::plan::make_plan(query, snapshot(), readings);
    const auto ordering = server::query::plan::make_ordering(query.order, *plan, readings);
    const server::space::Matches all{server::space::RowSet::all(plan->profiles->size()), {}, std::nullopt};
    return server::query::execution::Run(*plan, {}).arrange(all, *ordering).value();
}

void sort(benchmark::State& state) {
    const auto* text = kSortKeys[state.range(0)];
    sorted_by(text);
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(sorted_by(text).total());
    state.SetLabel(text);
}
BENCHMARK(sort)->DenseRange(0, static_cast<int>(std::size(kSortKeys)) - 1)->Unit(benchmark::kMillisecond);

void page_of_sorted(benchmark::State& state) {
    static const auto matches = sorted_by(kSortKeys[3]);
    const server::query::endpoints::PageFrame frame{.page = static_cast<std::uint64_t>(state.range(0)),
                                                    .page_size = 1000,
                                                    .session_id = "1783098602920-48ae025eb31982cf3de7614eeb0ae982",
                                                    .computed_at = "2026-07-03T17:10:02.939191+00:00"};
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(
            server::query::endpoints::render_page(*snapshot()->project->users, matches, {}, frame).size());
}
BENCHMARK(page_of_sorted)->Arg(0)->Arg(500)->Arg(999)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
