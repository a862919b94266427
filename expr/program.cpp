#include "expr/program.hpp"

#include <utility>

#include "expr/evaluation.hpp"

namespace engage::expr {

struct Program::Impl {
    Ast ast;
    Tables tables;
};

Program::Program(Ast ast) : impl_(std::make_unique<Impl>()) {
    impl_->ast = std::move(ast);
    impl_->tables = bind(impl_->ast);
}
Program::~Program() = default;
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;

const std::vector<Reference>& Program::references() const { return impl_->tables.references; }

const Ast& Program::ast() const { return impl_->ast; }

const Tables& Program::tables() const { return impl_->tables; }

View Program::evaluate(const Record& record, const Context& context, Arena& arena) const {
    if (impl_->tables.nodes.empty()) return View::boolean(true);
    const Evaluation evaluation(impl_->tables, record, context, arena);
    const auto value = evaluation.value(impl_->tables.root);
    return evaluation.is_exhausted() ? View() : value;
}

bool Program::matches(const Record& record, const Context& context, Arena& arena,
                      std::optional<LogicalFault>* fault) const {
    if (impl_->tables.nodes.empty()) return true;
    const Evaluation evaluation(impl_->tables, record, context, arena, fault);
    const auto value = evaluation.value(impl_->tables.root);
    return !evaluation.is_exhausted() && is_truthy(value, context.semantics);
}

}  // namespace engage::expr
