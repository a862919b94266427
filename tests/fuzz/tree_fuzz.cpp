#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "expr/evaluation/program.hpp"
#include "expr/functions/functions.hpp"
#include "expr/syntax/parse.hpp"
#include "expr/trees/json_tree.hpp"
#include "fixtures/json/read.hpp"
#include "tests/fuzz/any_record.hpp"

using namespace engage;

namespace {

/// What is printed means the same when it is read again; only its length may refuse it.
void check_text(const expr::syntax::Ast& ast) {
    const auto text = expr::syntax::to_text(ast);
    const auto again = expr::syntax::parse(text);
    if (!again && text.size() <= expr::syntax::kMaxSourceLength) std::abort();
    if (again && expr::syntax::to_tree(*again) != expr::syntax::to_tree(ast)) std::abort();
}

}  // namespace

/// Any text is no JSON, JSON that is no tree, or a tree that prints, parses and evaluates.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    expr::values::Arena arena;
    const auto json = fixtures::json::read_document({reinterpret_cast<const char*>(data), size});
    if (!json) {
        if (json.error().message.empty()) std::abort();
        return 0;
    }
    auto ast = expr::trees::parse_tree(expr::values::Cursor(*json));
    if (!ast) {
        if (ast.error().message.empty() || ast.error().message.find('\n') != std::string::npos) std::abort();
        return 0;
    }
    const expr::evaluation::Program program(std::move(*ast));
    // Cohorts have no text: they are referred to in trees alone.
    const auto& references = program.references();
    const bool refers_to_cohort = std::any_of(references.begin(), references.end(), [](const auto& reference) {
        return reference.scope == expr::values::Scope::kCohorts;
    });
    if (!refers_to_cohort) check_text(program.ast());
    const test::AnyRecord record(program.references());
    const expr::evaluation::Context context{.now = 1'700'000'000, .zone = {}};
    const auto value = program.evaluate(record, context, arena);
    if (program.ast().root &&
        expr::functions::is_truthy(value, context.semantics) != program.matches(record, context, arena))
        std::abort();
    return 0;
}
