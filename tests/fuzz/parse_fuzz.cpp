#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "expr/evaluation/program.hpp"
#include "expr/functions/functions.hpp"
#include "expr/syntax/caret.hpp"
#include "expr/syntax/parse.hpp"
#include "expr/values/json.hpp"
#include "tests/fuzz/any_record.hpp"
#include "tests/support/semantics.hpp"

using namespace engage;
using namespace engage::expr;

namespace {

/// What an input chooses: two bits of its first byte the grammar, each other bit a switch; whether the rest is of odd
/// length, the last switch, so that a blank more or less is the same text under its other value.
struct Dialect {
    syntax::Grammar grammar;
    syntax::Semantics semantics;

    Dialect(unsigned byte, bool is_odd)
        : grammar(syntax::kGrammars[byte % syntax::kGrammars.size()]),
          semantics(test::semantics_of(byte >> 2 | (is_odd ? 0x40U : 0U))) {}
};
static_assert(syntax::kGrammars.size() == 4 && test::kReadings <= 7, "an input chooses every grammar and reading");

/// What a tree notes says which grammars take its text.
void check_uses(const syntax::Ast& ast, std::string_view source, syntax::Grammar grammar) {
    for (const auto smaller : syntax::kGrammars) {
        if (smaller > grammar) break;
        bool is_enough = true;
        for (const auto& use : ast.beyond_known) {
            is_enough = is_enough && use.least <= smaller;
            if (use.at.begin >= use.at.end || use.at.end > source.size() || syntax::name_of(use).empty()) std::abort();
        }
        if (is_enough && !syntax::parse(source, smaller)) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Dialect dialect(size == 0 ? 0U : data[0], size % 2 == 0);
    const std::string_view source(reinterpret_cast<const char*>(data + (size == 0 ? 0 : 1)), size == 0 ? 0 : size - 1);
    auto ast = syntax::parse(source, dialect.grammar);
    if (!ast) {
        if (ast.error().offset > source.size() || ast.error().message.empty() ||
            ast.error().message.find('\n') != std::string::npos)
            std::abort();
        if (syntax::caret_lines(source, ast.error().offset).empty() && !source.empty()) std::abort();
        return 0;
    }
    // What is printed means the same when it is read again.
    const auto tree = syntax::to_tree(*ast);
    const auto again = syntax::parse(syntax::to_text(*ast), dialect.grammar);
    if (!again || syntax::to_tree(*again) != tree) std::abort();
    check_uses(*ast, source, dialect.grammar);
    const evaluation::Program program(std::move(*ast));
    const test::AnyRecord record(program.references());
    values::Arena arena;
    const evaluation::Context context{.now = 1'700'000'000, .zone = {}, .semantics = dialect.semantics};
    const auto value = program.evaluate(record, context, arena);
    if (program.ast().root && functions::is_truthy(value, context.semantics) != program.matches(record, context, arena))
        std::abort();
    std::optional<evaluation::LogicalFault> fault;
    program.matches(record, context, arena, &fault);
    if (fault && !dialect.semantics.logical_types_refused) std::abort();
    if (values::to_json(value, context.zone).empty()) std::abort();
    return 0;
}
