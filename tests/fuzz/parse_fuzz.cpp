#include <cstdint>
#include <cstdlib>

#include "expr/parse.hpp"
#include "expr/program.hpp"
#include "tests/fuzz/any_record.hpp"

using namespace engage::expr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view source(reinterpret_cast<const char*>(data), size);
    auto ast = parse(source);
    if (!ast) {
        if (ast.error().offset > size || ast.error().message.empty() ||
            ast.error().message.find('\n') != std::string::npos)
            std::abort();
        if (caret_lines(source, ast.error().offset).empty() && size > 0) std::abort();
        return 0;
    }
    // What is printed means the same when it is read again.
    const auto tree = to_tree(*ast);
    const auto again = parse(to_text(*ast));
    if (!again || to_tree(*again) != tree) std::abort();
    const Program program(std::move(*ast));
    const engage::test::AnyRecord record(program.references());
    Arena arena;
    const Context context{.now = 1'700'000'000, .zone = {}};
    const auto value = program.evaluate(record, context, arena);
    if (program.ast().root && is_truthy(value, context.semantics) != program.matches(record, context, arena))
        std::abort();
    if (to_json(value, context.zone).empty()) std::abort();
    return 0;
}
