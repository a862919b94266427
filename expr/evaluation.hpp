#pragma once

#include <optional>
#include <span>

#include "expr/bound.hpp"
#include "expr/functions.hpp"
#include "expr/operators.hpp"
#include "expr/program.hpp"

namespace engage::expr {

/// One evaluation: the tables, one record and where results are kept.
class Evaluation {
public:
    Evaluation(const Tables& tables, const Record& record, const Context& context, Arena& arena,
               std::optional<LogicalFault>* fault = nullptr)
        : tables_(tables),
          record_(record),
          context_(context),
          environment_{context.zone, context.semantics, arena},
          fault_(fault) {}

    View value(std::uint32_t position) const {
        const auto& node = tables_.nodes[position];
        switch (node.kind) {
            case Kind::kConstant:
                return node.constant;
            case Kind::kNow:
                return View::number(static_cast<double>(context_.now));
            case Kind::kReference:
                return record_.value(node.first, environment_.arena);
            case Kind::kList:
                return View::list(all_operands(node));
            case Kind::kUnary:
                return apply(static_cast<UnaryOp>(node.op), operand(node, 0), context_.semantics);
            case Kind::kBinary: {
                const auto left = operand(node, 0);
                return apply(static_cast<BinaryOp>(node.op), left, operand(node, 1), environment_);
            }
            case Kind::kAnd:
                return View::boolean(!any_operand_is(node, false));
            case Kind::kOr:
                return View::boolean(any_operand_is(node, true));
            case Kind::kCall:
                return call(node);
            case Kind::kIndex: {
                const auto base = operand(node, 0);
                return item_of(base, operand(node, 1));
            }
        }
        return {};
    }

private:
    View operand(const Bound& node, std::uint32_t i) const { return value(tables_.operands[node.first + i]); }

    bool any_operand_is(const Bound& node, bool wanted) const {
        for (std::uint32_t i = 0; i < node.count; ++i) {
            const auto value = operand(node, i);
            if (fault_ != nullptr) check(node, value.type());
            if (is_truthy(value, context_.semantics) == wanted) return true;
        }
        return false;
    }
    void check(const Bound& node, Type type) const {
        const bool is_allowed = type == Type::kBoolean || type == Type::kUndefined;
        if (is_allowed || fault_->has_value() || !context_.semantics.logical_types_refused) return;
        *fault_ = LogicalFault{static_cast<LogicalOp>(node.op), type};
    }
    std::span<const View> all_operands(const Bound& node) const {
        const auto values = environment_.arena.allocate<View>(node.count);
        for (std::uint32_t i = 0; i < node.count; ++i) values[i] = operand(node, i);
        return values;
    }
    View call(const Bound& node) const {
        const auto& info = info_of(static_cast<Function>(node.op));
        if (node.count == 1) {
            const auto argument = operand(node, 0);
            return info.evaluate({&argument, 1}, environment_);
        }
        return info.evaluate(all_operands(node), environment_);
    }

    const Tables& tables_;
    const Record& record_;
    const Context& context_;
    Environment environment_;
    std::optional<LogicalFault>* fault_;
};

}  // namespace engage::expr
