#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>

#include "expr/evaluation/bound.hpp"
#include "expr/evaluation/operators.hpp"
#include "expr/evaluation/program.hpp"
#include "expr/functions/functions.hpp"
#include "expr/syntax/signature.hpp"

namespace engage::expr::evaluation {

/// Bytes that one evaluation may take for the texts, lists and objects that arise; an evaluation that needs more gives
/// undefined. It ends a little above: with the value that goes beyond it.
inline constexpr std::size_t kMaxAllocated = 64 * 1024 * 1024;

/// The work that the binders and regular expressions of one evaluation may do, so that none hangs: a value that is
/// computed inside of a binder is one step and one more for some bytes or items of it.
inline constexpr std::uint64_t kMaxSteps = 1'000'000;

/// One evaluation: the tables, one record and where results are kept.
class Evaluation {
public:
    Evaluation(const Tables& tables, const values::Record& record, const Context& context, values::Arena& arena,
               std::optional<LogicalFault>* fault = nullptr)
        : tables_(tables),
          record_(record),
          context_(context),
          environment_{context.zone, context.semantics, arena, nullptr, &steps_, arena.allocated() + kMaxAllocated},
          fault_(fault) {
        if (tables.variables == 0) return;
        variables_ = arena.allocate<values::View>(tables.variables);
        std::fill(variables_.begin(), variables_.end(), values::View());
    }
    Evaluation(const Evaluation&) = delete;
    Evaluation& operator=(const Evaluation&) = delete;

    values::View value(std::uint32_t position) const {
        const auto& node = tables_.nodes[position];
        return binders_ == 0 ? value_of(node) : metered_value_of(node);
    }

    /// Whether the work or the memory was more than is allowed. Then the value of the whole is undefined.
    bool is_exhausted() const { return steps_ == 0 || environment_.is_out_of_memory(); }

private:
    values::View value_of(const Bound& node) const;
    values::View operand(const Bound& node, std::uint32_t i) const { return value(tables_.operands[node.first + i]); }

    bool any_operand_is(const Bound& node, bool wanted) const {
        for (std::uint32_t i = 0; i < node.count; ++i) {
            const auto value = operand(node, i);
            if (fault_ != nullptr) check(node, value.type());
            if (functions::is_truthy(value, context_.semantics) == wanted) return true;
        }
        return false;
    }
    void check(const Bound& node, values::Type type) const;  ///< Of an operand of `and` and `or`.
    std::span<const values::View> all_operands(const Bound& node) const {
        const auto values = environment_.arena.allocate<values::View>(node.count);
        for (std::uint32_t i = 0; i < node.count; ++i) values[i] = operand(node, i);
        return values;
    }
    values::View call(const Bound& node) const {
        const auto function = static_cast<syntax::Function>(node.op);
        if (syntax::signature_of(function).shape == syntax::Shape::kPattern)
            return search(node, functions::evaluator_of(function));
        if (node.count == 1) {
            const auto argument = operand(node, 0);
            return called(functions::evaluator_of(function), {&argument, 1});
        }
        return called(functions::evaluator_of(function), all_operands(node));
    }

    /// Whatever may take much memory looks whether there is any left: references, calls, scans and concatenations.
    values::View called(functions::Evaluator evaluate, std::span<const values::View> arguments) const {
        return environment_.is_out_of_memory() ? values::View() : evaluate(arguments, environment_);
    }
    values::View search(const Bound& node, functions::Evaluator evaluate) const;  ///< With a regular expression.
    values::View metered_value_of(const Bound& node) const;
    values::View choice(const Bound& node) const;
    values::View scan(const Bound& node) const;
    values::View decided(const Bound& node, std::span<const values::View> items) const;    ///< Of `any` and `all`.
    values::View collected(const Bound& node, std::span<const values::View> items) const;  ///< Of `map` and `filter`.
    values::View let(const Bound& node) const;

    const Tables& tables_;
    const values::Record& record_;
    const Context& context_;
    functions::Environment environment_;
    std::optional<LogicalFault>* fault_;
    std::span<values::View> variables_;
    mutable std::uint64_t steps_ = kMaxSteps;
    mutable std::uint32_t binders_ = 0;  ///< Around what is evaluated now.
};

}  // namespace engage::expr::evaluation
