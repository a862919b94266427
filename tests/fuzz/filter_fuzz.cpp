// An expression over profiles: columns of every layout select the rows that the row-by-row evaluation selects.
// Input: a byte of semantics, the expression, a line break, rows as NDJSON.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "expr/filter.hpp"
#include "expr/parse.hpp"
#include "fixtures/column_store.hpp"
#include "fixtures/profile_record.hpp"
#include "fixtures/project.hpp"
#include "tests/support/semantics.hpp"

using namespace engage;

namespace {

static_assert(test::kReadings <= 8, "a byte chooses every reading");

Expected<expr::Bitmap, expr::LogicalFault> by_row(const expr::Program& program, const fixtures::ProfileSet& profiles,
                                                  const expr::Context& context) {
    expr::Bitmap rows(profiles.size(), false);
    fixtures::ProfileRecord record(profiles, program.references());
    expr::Arena arena;
    std::optional<expr::LogicalFault> fault;
    for (fixtures::RowIndex row = 0; row < profiles.size(); ++row) {
        arena.reset();
        record.select(row);
        if (program.matches(record, context, arena, &fault)) rows.set(row);
        if (fault) return unexpected(*fault);
    }
    return rows;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto line = input.find('\n');
    if (line == std::string_view::npos) return 0;
    auto ast = expr::parse(input.substr(0, line), expr::Grammar::kLenient);
    if (!ast) return 0;
    const auto text = input.substr(line + 1);
    const auto project = fixtures::load_project(
        "p", {{"project.json", R"({"project_id":1})", nullptr}, {"profiles.ndjson", text, nullptr}});
    if (!project) return 0;
    const auto& profiles = project->users;
    const expr::Program program(std::move(*ast));
    const expr::Context context{.now = 1'772'400'000, .zone = project->zone, .semantics = test::semantics_of(data[0])};
    const auto expected = by_row(program, *profiles, context);
    for (const auto& limits : {expr::ColumnLimits{}, expr::ColumnLimits{.distinct_to_decide = 1},
                               expr::ColumnLimits{.large_dictionary = 2}}) {
        const fixtures::ColumnStore columns(profiles, limits);
        const auto rows = expr::filter(program, columns, context, {profiles->size(), true});
        if (rows.has_value() != expected.has_value()) std::abort();
        if (!rows) continue;
        for (std::size_t row = 0; row < profiles->size(); ++row)
            if (rows->holds(row) != expected->holds(row)) std::abort();
    }
    return 0;
}
