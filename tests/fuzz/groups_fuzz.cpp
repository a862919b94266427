#include <cstdint>
#include <cstdlib>

#include "expr/functions/functions.hpp"
#include "fixtures/json/read.hpp"
#include "server/definitions/groups_definition.hpp"
#include "tests/fuzz/any_record.hpp"

using namespace engage;

/// Any text is no JSON, JSON that is no groups, groups in a form that is not known, or groups that evaluate.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto json = fixtures::json::read_document({reinterpret_cast<const char*>(data), size});
    if (!json) return 0;
    const auto definition = server::definitions::read_groups(expr::values::Cursor(*json));
    if (!definition) {
        const auto& message = definition.error().error.message;
        if (message.empty() || message.find('\n') != std::string::npos) std::abort();
        return 0;
    }
    const auto& program = definition->program;
    const test::AnyRecord record(program.references());
    const expr::evaluation::Context context{.now = 1'700'000'000, .zone = {}};
    expr::values::Arena arena;
    const auto value = program.evaluate(record, context, arena);
    if (program.ast().root &&
        expr::functions::is_truthy(value, context.semantics) != program.matches(record, context, arena))
        std::abort();
    return 0;
}
