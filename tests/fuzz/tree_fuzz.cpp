#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "expr/functions.hpp"
#include "expr/json_tree.hpp"
#include "expr/parse.hpp"
#include "expr/program.hpp"
#include "fixtures/json_value.hpp"
#include "tests/fuzz/any_record.hpp"

using namespace engage;

namespace {

/// What is printed means the same when it is read again; only its length may refuse it.
void check_text(const expr::Ast& ast) {
    const auto text = to_text(ast);
    const auto again = expr::parse(text);
    if (!again && text.size() <= expr::kMaxSourceLength) std::abort();
    if (again && to_tree(*again) != to_tree(ast)) std::abort();
}

}  // namespace

/// Any text is no JSON, JSON that is no tree, or a tree that prints, parses and evaluates.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    expr::Arena arena;
    const auto json = fixtures::read_json({reinterpret_cast<const char*>(data), size}, arena);
    if (!json) {
        if (json.error().message.empty()) std::abort();
        return 0;
    }
    auto ast = expr::parse_tree(*json);
    if (!ast) {
        if (ast.error().message.empty() || ast.error().message.find('\n') != std::string::npos) std::abort();
        return 0;
    }
    const expr::Program program(std::move(*ast));
    // Cohorts have no text: they are referred to in trees alone.
    const auto& references = program.references();
    const bool refers_to_cohort = std::any_of(references.begin(), references.end(), [](const auto& reference) {
        return reference.scope == expr::Scope::kCohorts;
    });
    if (!refers_to_cohort) check_text(program.ast());
    const test::AnyRecord record(program.references());
    const expr::Context context{.now = 1'700'000'000, .zone = {}};
    const auto value = program.evaluate(record, context, arena);
    if (program.ast().root && is_truthy(value, context.semantics) != program.matches(record, context, arena))
        std::abort();
    return 0;
}
