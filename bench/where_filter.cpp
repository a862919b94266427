// Filters the profiles of a project, asked line by line: where_filter DIRECTORY
// It prints a line of JSON about what was loaded; then each line of stdin gets one for an answer:
//   {"where": …, "repeat": n, "cold": true}   {"matches": …, "ns_per_profile": …, "parse_us": …}: medians of n times
//                                             in CPU time. A cold filter starts without columns.
//   {"memory": true}                          {"rss_bytes": …, "anonymous_bytes": …}
#include <algorithm>
#include <ctime>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "expr/columns/filter.hpp"
#include "expr/evaluation/program.hpp"
#include "expr/syntax/parse.hpp"
#include "fixtures/profiles/column_store.hpp"
#include "fixtures/project/project.hpp"

namespace {

using namespace engage;
using nlohmann::json;

/// Other programs on the machine take wall time, not CPU time.
double cpu_nanoseconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// A line of /proc/self/status, in bytes.
std::int64_t status_bytes(const std::string& field) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(field + ':')) return std::stoll(line.substr(field.size() + 1)) * 1024;
    return 0;
}

class Filters {
public:
    explicit Filters(const fixtures::project::Project& project) : project_(project) { forget_columns(); }

    json answer(const json& task) {
        if (task.contains("memory"))
            return {{"rss_bytes", status_bytes("VmRSS")}, {"anonymous_bytes", status_bytes("RssAnon")}};
        const auto where = task.at("where").get<std::string>();
        const auto repeat = task.value("repeat", 1);
        const bool cold = task.value("cold", false);
        std::vector<double> parse_times;
        std::vector<double> filter_times;
        std::size_t matches = 0;
        for (int i = 0; i < repeat; ++i) {
            auto begin = cpu_nanoseconds();
            auto ast = expr::syntax::parse(where);
            if (!ast) return {{"error", ast.error().message}};
            const expr::evaluation::Program program(std::move(*ast));
            parse_times.push_back(cpu_nanoseconds() - begin);
            if (cold) forget_columns();
            begin = cpu_nanoseconds();
            matches = count(program);
            filter_times.push_back(cpu_nanoseconds() - begin);
        }
        return {{"matches", matches},
                {"ns_per_profile", median(filter_times) / static_cast<double>(project_.users->size())},
                {"parse_us", median(parse_times) / 1000}};
    }

private:
    void forget_columns() { columns_ = std::make_unique<fixtures::profiles::ColumnStore>(project_.users); }

    std::size_t count(const expr::evaluation::Program& program) const {
        const expr::evaluation::Context context{.now = kNow, .zone = project_.zone};
        const auto kept =
            expr::columns::filter(program, *columns_, context, expr::columns::Bitmap(columns_->rows(), true));
        return kept ? kept->count() : 0;  // Nothing fails unless operands of other types are refused.
    }

    static constexpr std::int64_t kNow = 1'782'864'000;  // 2026-07-01, just after the last generated date.
    const fixtures::project::Project& project_;
    std::unique_ptr<fixtures::profiles::ColumnStore> columns_;
};

json about(const fixtures::project::Project& project, double load_ns) {
    std::size_t bytes = 0;
    for (fixtures::profiles::RowIndex row = 0; row < project.users->size(); ++row)
        bytes += project.users->row(row).size() + 1;
    return {{"profiles", project.users->size()},
            {"json_bytes", bytes},
            {"names", project.users->names()},
            {"load_ms", load_ns / 1e6},
            {"rss_bytes", status_bytes("VmRSS")}};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return std::cerr << "usage: where_filter DIRECTORY\n", 2;
    const auto begin = cpu_nanoseconds();
    const auto files = fixtures::files::read_directory(argv[1]);
    if (!files) return std::cerr << fixtures::files::to_string(files.error().front()) << '\n', 1;
    const auto project = fixtures::project::load_project(argv[1], *files);
    if (!project) return std::cerr << fixtures::files::to_string(project.error().front()) << '\n', 1;
    std::cout << about(*project, cpu_nanoseconds() - begin) << std::endl;
    Filters filters(*project);
    for (std::string line; std::getline(std::cin, line);) std::cout << filters.answer(json::parse(line)) << std::endl;
    return 0;
}
