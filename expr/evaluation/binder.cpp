#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string_view>
#include <utility>

#include "expr/evaluation/bound.hpp"
#include "expr/syntax/signature.hpp"

namespace engage::expr::evaluation {
namespace {

/// What recurses calls what does not out of line: the stack must hold
/// kMaxTreeDepth levels, also in builds with sanitizers, whose frames grow with all that is inlined.
class Binder {
public:
    Binder(Tables& tables, Positions* positions) : tables_(tables), known_(positions) {}

    std::uint32_t bind(const syntax::Node& node) {
        const auto position = std::visit([this](const auto& is) { return add(is); }, node.is);
        if (known_ != nullptr) known_->emplace(&node, position);
        return position;
    }

private:
    [[gnu::noinline]] std::uint32_t add(const syntax::Literal& literal) {
        return std::visit([this](const auto& value) { return add_literal(value); }, literal);
    }
    std::uint32_t add_literal(syntax::UndefinedLiteral) { return constant(values::View()); }
    std::uint32_t add_literal(syntax::NullLiteral) { return constant(values::View::null()); }
    std::uint32_t add_literal(syntax::Now) { return insert({.kind = Kind::kNow}); }
    std::uint32_t add_literal(bool value) { return constant(values::View::boolean(value)); }
    std::uint32_t add_literal(double value) { return constant(values::View::number(value)); }
    std::uint32_t add_literal(const std::string& value) { return constant(values::View::string(value)); }

    [[gnu::noinline]] std::uint32_t add(const values::Reference& reference) {
        const auto next = static_cast<std::uint32_t>(tables_.references.size());
        const auto [known, is_new] = positions_.try_emplace({reference.scope, reference.name}, next);
        if (is_new) tables_.references.push_back(reference);
        return insert({.kind = Kind::kReference, .first = known->second});
    }
    [[gnu::noinline]] std::uint32_t add(const syntax::ListOf& list) {
        const auto operands = bind_all(list.items);
        const auto is_constant = [this](std::uint32_t i) { return tables_.nodes[i].kind == Kind::kConstant; };
        if (!std::all_of(operands.begin(), operands.end(), is_constant)) return insert(Kind::kList, 0, operands);
        const auto items = tables_.constants.allocate<values::View>(operands.size());
        for (std::size_t i = 0; i < items.size(); ++i) items[i] = tables_.nodes[operands[i]].constant;
        return constant(values::View::list(items));
    }
    [[gnu::noinline]] std::uint32_t add(const syntax::Unary& unary) {
        return insert(Kind::kUnary, unary.op, std::array{bind(*unary.operand)});
    }
    [[gnu::noinline]] std::uint32_t add(const syntax::Binary& binary) {
        const auto left = bind(*binary.left);
        if (binary.op == syntax::BinaryOp::kContains)
            return insert(Kind::kBinary, syntax::BinaryOp::kIn, std::array{bind(*binary.right), left});
        return insert(Kind::kBinary, binary.op, std::array{left, bind(*binary.right)});
    }
    [[gnu::noinline]] std::uint32_t add(const syntax::Logical& logical) {
        const auto kind = logical.op == syntax::LogicalOp::kAnd ? Kind::kAnd : Kind::kOr;
        return insert(kind, logical.op, bind_all(logical.operands));
    }
    [[gnu::noinline]] std::uint32_t add(const syntax::Call& call) {
        if (call.function == syntax::Function::kToday) return today();
        const auto is_choice = syntax::signature_of(call.function).shape == syntax::Shape::kChoice;
        const auto position = insert(is_choice ? Kind::kChoice : Kind::kCall, call.function, bind_all(call.arguments));
        if (call.pattern) {
            tables_.patterns.push_back(call.pattern.get());
            tables_.nodes[position].pattern = static_cast<std::uint16_t>(tables_.patterns.size());
        }
        return position;
    }
    std::uint32_t today() {
        return insert(Kind::kCall, syntax::Function::kToday, std::array{insert({.kind = Kind::kNow})});
    }
    [[gnu::noinline]] std::uint32_t add(const syntax::Binding& binding) {
        const auto kind = binding.function == syntax::Function::kLet ? Kind::kLet : Kind::kScan;
        const auto source = bind(*binding.source);
        const auto position = insert(kind, binding.function, std::array{source, bind(*binding.body)});
        tables_.nodes[position].slot = binding.slot;
        return position;
    }
    [[gnu::noinline]] std::uint32_t add(const syntax::Variable& variable) {
        return insert({.kind = Kind::kVariable, .slot = variable.slot});
    }
    [[gnu::noinline]] std::uint32_t add(const syntax::Index& index) {
        const auto base = bind(*index.base);
        return insert(Kind::kIndex, 0, std::array{base, bind(*index.index)});
    }

    std::vector<std::uint32_t> bind_all(const std::vector<syntax::NodePtr>& nodes) {
        std::vector<std::uint32_t> bound;
        bound.reserve(nodes.size());
        for (const auto& node : nodes) bound.push_back(bind(*node));
        return bound;
    }
    std::uint32_t constant(values::View value) { return insert({.kind = Kind::kConstant, .constant = value}); }
    template <class Op>
    [[gnu::noinline]] std::uint32_t insert(Kind kind, Op op, std::span<const std::uint32_t> operands) {
        const auto first = static_cast<std::uint32_t>(tables_.operands.size());
        tables_.operands.insert(tables_.operands.end(), operands.begin(), operands.end());
        return insert({.kind = kind,
                       .op = static_cast<unsigned char>(op),
                       .first = first,
                       .count = static_cast<std::uint32_t>(operands.size())});
    }
    [[gnu::noinline]] std::uint32_t insert(Bound node) {
        tables_.nodes.push_back(node);
        return static_cast<std::uint32_t>(tables_.nodes.size() - 1);
    }

    Tables& tables_;
    Positions* known_;
    std::map<std::pair<values::Scope, std::string_view>, std::uint32_t>
        positions_;  ///< Of the references; names lie in the tree.
};

}  // namespace

Tables bind(const syntax::Ast& ast, Positions* positions) {
    Tables tables;
    tables.variables = ast.variables;
    if (ast.root) tables.root = Binder(tables, positions).bind(*ast.root);
    return tables;
}

}  // namespace engage::expr::evaluation
