// What reading a `where` costs: the usual ones, and chains of growing length. Time is CPU time of parse and bind.
#include <benchmark/benchmark.h>

#include <string>
#include <utility>

#include "expr/evaluation/program.hpp"
#include "expr/syntax/parse.hpp"

namespace {

using namespace engage;

/// Of the kinds that clients are known to send: see tests/expr/corpus.tsv.
constexpr const char* kUsual[] = {
    R"(properties["plan"] == "pro")",
    R"(properties["plan"] == "pro" and properties["Total Spent"] > 50)",
    R"("gmail" in properties["$email"])",
    R"(defined(properties["trial"]))",
    R"(properties["$last_seen"] >= "2026-01-01T00:00:00")",
    R"(datetime(properties["$last_seen"]) >= datetime(NOW - 604800) and datetime(properties["$last_seen"]) < datetime(NOW))",
    R"((behaviors["behavior_1743"] > 0) and not defined(user["$phone"]))",
    R"(properties["$distinct_id"] in ["user-1","user-2","user-3","user-4","user-5","user-6","user-7","user-8"])",
};

std::string chain(std::int64_t terms) {
    std::string text;
    for (std::int64_t i = 0; i < terms; ++i) {
        const auto number = std::to_string(i);
        text.append(i > 0 ? " or " : "").append("properties[\"p").append(number).append("\"] == \"v").append(number) +=
            '"';
    }
    return text;
}

void read(benchmark::State& state, const std::string& text) {
    for ([[maybe_unused]] auto _ : state) {
        auto ast = expr::syntax::parse(text);
        if (!ast) return state.SkipWithError(ast.error().message.c_str());
        const expr::evaluation::Program program(std::move(*ast));
        benchmark::DoNotOptimize(program.references().data());
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

void usual(benchmark::State& state) {
    const std::string text = kUsual[state.range(0)];
    read(state, text);
    state.SetLabel(text);
}
BENCHMARK(usual)->DenseRange(0, static_cast<int>(std::size(kUsual)) - 1);

void terms(benchmark::State& state) { read(state, chain(state.range(0))); }
BENCHMARK(terms)->RangeMultiplier(10)->Range(1, 1000);

}  // namespace

BENCHMARK_MAIN();
