#include "expr/evaluation/evaluation.hpp"

namespace engage::expr::evaluation {
namespace {

constexpr std::uint64_t kBytesPerItem = 16;
constexpr std::uint64_t kItemsPerStep = 4;

constexpr std::uint64_t kItemsPerMember = 4;

/// The items of a value with all that it holds; counts not much further than `most`. Lists share their items, so the
/// text of an expression does not bound how many there are to see. Every operand of an operator is such a value, so
/// what an operator does is counted with them: none does much more than look at its operands once. Members cost more,
/// as they are sorted to be compared.
std::uint64_t items_of(const values::View& value, std::uint64_t most) {
    std::uint64_t items = 0;
    const auto count = [&](const values::View& part) {
        items += 1 + items_of(part, most - std::min(most, items));
        return items <= most;
    };
    if (value.is(values::Type::kString)) return value.as_string().size() / kBytesPerItem;
    if (value.is(values::Type::kList))
        for (const auto& item : value.as_list())
            if (!count(item)) break;
    if (value.is(values::Type::kObject))
        for (const auto& member : value.as_object()) {
            items += kItemsPerMember + member.name.size() / kBytesPerItem;
            if (!count(member.value)) break;
        }
    return items;
}

/// Counts the binders around what is evaluated for as long as it lives.
class Inside {
public:
    explicit Inside(std::uint32_t& binders) : binders_(binders) { ++binders_; }
    ~Inside() { --binders_; }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

private:
    std::uint32_t& binders_;
};

}  // namespace

values::View Evaluation::value_of(const Bound& node) const {
    switch (node.kind) {
        case Kind::kConstant:
            return node.constant;
        case Kind::kNow:
            return values::View::number(static_cast<double>(context_.now));
        case Kind::kReference:
            return environment_.is_out_of_memory() ? values::View() : record_.value(node.first, environment_.arena);
        case Kind::kList:
            return values::View::list(all_operands(node));
        case Kind::kUnary:
            return apply(static_cast<syntax::UnaryOp>(node.op), operand(node, 0), context_.semantics);
        case Kind::kBinary: {
            const auto left = operand(node, 0);
            return apply(static_cast<syntax::BinaryOp>(node.op), left, operand(node, 1), environment_);
        }
        case Kind::kAnd:
            return values::View::boolean(!any_operand_is(node, false));
        case Kind::kOr:
            return values::View::boolean(any_operand_is(node, true));
        case Kind::kCall:
            return call(node);
        case Kind::kIndex: {
            const auto base = operand(node, 0);
            return item_of(base, operand(node, 1));
        }
        case Kind::kChoice:
            return choice(node);
        case Kind::kVariable:
            return variables_[node.slot];
        case Kind::kScan:
            return scan(node);
        case Kind::kLet:
            return let(node);
    }
    return {};
}

values::View Evaluation::metered_value_of(const Bound& node) const {
    if (steps_ == 0) return {};
    const auto value = value_of(node);
    steps_ -= std::min(steps_, 1 + items_of(value, steps_ * kItemsPerStep) / kItemsPerStep);
    return steps_ == 0 ? values::View() : value;
}

void Evaluation::check(const Bound& node, values::Type type) const {
    const bool is_allowed = type == values::Type::kBoolean || type == values::Type::kUndefined;
    if (is_allowed || fault_->has_value() || !context_.semantics.logical_types_refused) return;
    *fault_ = LogicalFault{static_cast<syntax::LogicalOp>(node.op), type};
}

values::View Evaluation::search(const Bound& node, functions::Evaluator evaluate) const {
    auto environment = environment_;
    if (node.pattern != 0) environment.pattern = tables_.patterns[node.pattern - 1];
    const auto arguments = all_operands(node);
    return is_exhausted() ? values::View() : evaluate(arguments, environment);
}

values::View Evaluation::choice(const Bound& node) const {
    std::uint32_t i = 0;
    for (; i + 1 < node.count; i += 2)
        if (functions::is_truthy(operand(node, i), context_.semantics)) return operand(node, i + 1);
    return i < node.count ? operand(node, i) : values::View();
}

values::View Evaluation::scan(const Bound& node) const {
    const auto source = operand(node, 0);
    if (!source.is(values::Type::kList) || environment_.is_out_of_memory()) return {};
    const auto function = static_cast<syntax::Function>(node.op);
    const Inside inside(binders_);
    return function == syntax::Function::kAny || function == syntax::Function::kAll ? decided(node, source.as_list())
                                                                                    : collected(node, source.as_list());
}

values::View Evaluation::decided(const Bound& node, std::span<const values::View> items) const {
    const bool is_any = static_cast<syntax::Function>(node.op) == syntax::Function::kAny;
    for (const auto& item : items) {
        variables_[node.slot] = item;
        const bool holds = functions::is_truthy(operand(node, 1), context_.semantics);
        if (is_exhausted()) return {};
        if (holds == is_any) return values::View::boolean(is_any);
    }
    return values::View::boolean(!is_any);
}

values::View Evaluation::collected(const Bound& node, std::span<const values::View> items) const {
    const bool is_map = static_cast<syntax::Function>(node.op) == syntax::Function::kMap;
    const auto room = environment_.arena.allocate<values::View>(items.size());
    std::size_t count = 0;
    for (const auto& item : items) {
        variables_[node.slot] = item;
        const auto value = operand(node, 1);
        if (is_exhausted()) return {};
        if (is_map)
            room[count++] = value;
        else if (functions::is_truthy(value, context_.semantics))
            room[count++] = item;
    }
    return values::View::list(room.first(count));
}

values::View Evaluation::let(const Bound& node) const {
    variables_[node.slot] = operand(node, 0);
    const Inside inside(binders_);
    return operand(node, 1);
}

}  // namespace engage::expr::evaluation
