#include "expr/evaluation/program.hpp"

#include <utility>

#include "expr/evaluation/evaluation.hpp"

namespace engage::expr::evaluation {

struct Program::Impl {
    syntax::Ast ast;
    Tables tables;
    Facts facts;
};

Program::Program(syntax::Ast ast) : impl_(std::make_unique<Impl>()) {
    impl_->ast = std::move(ast);
    impl_->tables = bind(impl_->ast);
    impl_->facts = facts_of(impl_->tables);
}
Program::~Program() = default;
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;

const std::vector<values::Reference>& Program::references() const { return impl_->tables.references; }

const Facts& Program::facts() const { return impl_->facts; }

const syntax::Ast& Program::ast() const { return impl_->ast; }

const Tables& Program::tables() const { return impl_->tables; }

values::View Program::evaluate(const values::Record& record, const Context& context, values::Arena& arena) const {
    if (impl_->tables.nodes.empty()) return values::View::boolean(true);
    const Evaluation evaluation(impl_->tables, record, context, arena);
    const auto value = evaluation.value(impl_->tables.root);
    return evaluation.is_exhausted() ? values::View() : value;
}

bool Program::matches(const values::Record& record, const Context& context, values::Arena& arena,
                      std::optional<LogicalFault>* fault) const {
    if (impl_->tables.nodes.empty()) return true;
    const Evaluation evaluation(impl_->tables, record, context, arena, fault);
    const auto value = evaluation.value(impl_->tables.root);
    return !evaluation.is_exhausted() && functions::is_truthy(value, context.semantics);
}

}  // namespace engage::expr::evaluation
