#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>

#include "expr/bound.hpp"
#include "expr/functions.hpp"
#include "expr/operators.hpp"
#include "expr/program.hpp"
#include "expr/signature.hpp"

namespace engage::expr {

/// Bytes that one evaluation may take for the texts, lists and objects that arise; an evaluation that needs more gives
/// undefined. It ends a little above: with the value that goes beyond it.
inline constexpr std::size_t kMaxAllocated = 64 * 1024 * 1024;

/// The work that the binders and regular expressions of one evaluation may do, so that none hangs: a value that is
/// computed inside of a binder is one step and one more for some bytes or items of it.
inline constexpr std::uint64_t kMaxSteps = 1'000'000;

/// One evaluation: the tables, one record and where results are kept.
class Evaluation {
public:
    Evaluation(const Tables& tables, const Record& record, const Context& context, Arena& arena,
               std::optional<LogicalFault>* fault = nullptr)
        : tables_(tables),
          record_(record),
          context_(context),
          environment_{context.zone, context.semantics, arena, nullptr, &steps_, arena.allocated() + kMaxAllocated},
          fault_(fault) {
        if (tables.variables == 0) return;
        variables_ = arena.allocate<View>(tables.variables);
        std::fill(variables_.begin(), variables_.end(), View());
    }
    Evaluation(const Evaluation&) = delete;
    Evaluation& operator=(const Evaluation&) = delete;

    View value(std::uint32_t position) const {
        const auto& node = tables_.nodes[position];
        return binders_ == 0 ? value_of(node) : metered_value_of(node);
    }

    /// Whether the work or the memory was more than is allowed. Then the value of the whole is undefined.
    bool is_exhausted() const { return steps_ == 0 || environment_.is_out_of_memory(); }

private:
    View value_of(const Bound& node) const;
    View operand(const Bound& node, std::uint32_t i) const { return value(tables_.operands[node.first + i]); }

    bool any_operand_is(const Bound& node, bool wanted) const {
        for (std::uint32_t i = 0; i < node.count; ++i) {
            const auto value = operand(node, i);
            if (fault_ != nullptr) check(node, value.type());
            if (is_truthy(value, context_.semantics) == wanted) return true;
        }
        return false;
    }
    void check(const Bound& node, Type type) const;  ///< Of an operand of `and` and `or`.
    std::span<const View> all_operands(const Bound& node) const {
        const auto values = environment_.arena.allocate<View>(node.count);
        for (std::uint32_t i = 0; i < node.count; ++i) values[i] = operand(node, i);
        return values;
    }
    View call(const Bound& node) const {
        const auto function = static_cast<Function>(node.op);
        if (signature_of(function).shape == Shape::kPattern) return search(node, evaluator_of(function));
        if (node.count == 1) {
            const auto argument = operand(node, 0);
            return called(evaluator_of(function), {&argument, 1});
        }
        return called(evaluator_of(function), all_operands(node));
    }

    /// Whatever may take much memory looks whether there is any left: references, calls, scans and concatenations.
    View called(Evaluator evaluate, std::span<const View> arguments) const {
        return environment_.is_out_of_memory() ? View() : evaluate(arguments, environment_);
    }
    View search(const Bound& node, Evaluator evaluate) const;  ///< With a regular expression.
    View metered_value_of(const Bound& node) const;
    View choice(const Bound& node) const;
    View scan(const Bound& node) const;
    View decided(const Bound& node, std::span<const View> items) const;    ///< Of `any` and `all`.
    View collected(const Bound& node, std::span<const View> items) const;  ///< Of `map` and `filter`.
    View let(const Bound& node) const;

    const Tables& tables_;
    const Record& record_;
    const Context& context_;
    Environment environment_;
    std::optional<LogicalFault>* fault_;
    std::span<View> variables_;
    mutable std::uint64_t steps_ = kMaxSteps;
    mutable std::uint32_t binders_ = 0;  ///< Around what is evaluated now.
};

}  // namespace engage::expr
