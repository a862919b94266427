// An expression over profiles: columns of every layout select the rows that the row-by-row evaluation selects.
// Input: a byte of semantics, the expression, a line break, rows as NDJSON.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "expr/columns/filter.hpp"
#include "expr/syntax/parse.hpp"
#include "fixtures/profiles/column_store.hpp"
#include "fixtures/profiles/profile_record.hpp"
#include "fixtures/project/project.hpp"
#include "tests/support/semantics.hpp"

using namespace engage;

namespace {

static_assert(test::kReadings <= 8, "a byte chooses every reading");

Expected<expr::columns::Bitmap, expr::evaluation::LogicalFault> by_row(const expr::evaluation::Program& program,
                                                                       const fixtures::profiles::ProfileSet& profiles,
                                                                       const expr::evaluation::Context& context) {
    expr::columns::Bitmap rows(profiles.size(), false);
    fixtures::profiles::ProfileRecord record(profiles, program.references());
    expr::values::Arena arena;
    std::optional<expr::evaluation::LogicalFault> fault;
    for (fixtures::profiles::RowIndex row = 0; row < profiles.size(); ++row) {
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
    auto ast = expr::syntax::parse(input.substr(0, line), expr::syntax::Grammar::kLenient);
    if (!ast) return 0;
    const auto text = input.substr(line + 1);
    const auto project = fixtures::project::load_project(
        "p", {{"project.json", R"({"project_id":1})", nullptr}, {"profiles.ndjson", text, nullptr}});
    if (!project) return 0;
    const auto& profiles = project->users;
    const expr::evaluation::Program program(std::move(*ast));
    const expr::evaluation::Context context{
        .now = 1'772'400'000, .zone = project->zone, .semantics = test::semantics_of(data[0])};
    const auto expected = by_row(program, *profiles, context);
    for (const auto& limits : {expr::columns::ColumnLimits{}, expr::columns::ColumnLimits{.distinct_to_decide = 1},
                               expr::columns::ColumnLimits{.large_dictionary = 2}}) {
        const fixtures::profiles::ColumnStore columns(profiles, limits);
        const auto rows = expr::columns::filter(program, columns, context, {profiles->size(), true});
        if (rows.has_value() != expected.has_value()) std::abort();
        if (!rows) continue;
        for (std::size_t row = 0; row < profiles->size(); ++row)
            if (rows->holds(row) != expected->holds(row)) std::abort();
    }
    return 0;
}
