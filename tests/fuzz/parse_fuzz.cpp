#include <cstdint>
#include <cstdlib>

#include "expr/parse.hpp"
#include "expr/program.hpp"

namespace {

using namespace engage::expr;

/// Every reference has a value that its name chooses, so that all types meet all operators.
class AnyRecord final : public Record {
public:
    explicit AnyRecord(const std::vector<Reference>& references) : references_(references) {}
    View value(std::size_t reference, Arena&) const override {
        static const View kItems[] = {View::string("a"), View::number(1), View::null()};
        static const Member kMembers[] = {{"a", View::number(2)}, {"b", View::list(kItems)}};
        static const View kValues[] = {View(),
                                       View::null(),
                                       View::boolean(true),
                                       View::number(-2.5),
                                       View::string("2026-09-01T00:00:00"),
                                       View::list(kItems),
                                       View::object(kMembers),
                                       View::string("Pro"),
                                       View::number(0),
                                       View::string("")};
        return kValues[references_[reference].name.size() % std::size(kValues)];
    }

private:
    const std::vector<Reference>& references_;
};

}  // namespace

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
    const AnyRecord record(program.references());
    Arena arena;
    const Context context{.now = 1'700'000'000, .zone = {}};
    const auto value = program.evaluate(record, context, arena);
    if (program.ast().root && is_truthy(value, context.semantics) != program.matches(record, context, arena))
        std::abort();
    if (to_json(value, context.zone).empty()) std::abort();
    return 0;
}
