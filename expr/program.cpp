#include "expr/program.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string_view>
#include <utility>

#include "expr/functions.hpp"
#include "expr/operators.hpp"

namespace engage::expr {
namespace {

enum class Kind : unsigned char { kConstant, kNow, kReference, kList, kUnary, kBinary, kAnd, kOr, kCall, kIndex };

/// A node whose names are resolved. Its operands are `count` entries of the operand table from `first` on; of a
/// reference, `first` is the position among the program's references.
struct Bound {
    Kind kind = Kind::kConstant;
    unsigned char op = 0;  ///< UnaryOp, BinaryOp or Function.
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    View constant{};
};

/// What a program evaluates.
struct Tables {
    std::vector<Reference> references;
    std::vector<Bound> nodes;
    std::vector<std::uint32_t> operands;
    Arena constants;  ///< Items of list literals.
    std::uint32_t root = 0;
};

/// Turns the tree into the tables of a program. What recurses calls what does not out of line: the stack must hold
/// kMaxTreeDepth levels, also in builds with sanitizers, whose frames grow with all that is inlined.
class Binder {
public:
    explicit Binder(Tables& tables) : tables_(tables) {}

    std::uint32_t bind(const Node& node) {
        return std::visit([this](const auto& is) { return add(is); }, node.is);
    }

private:
    [[gnu::noinline]] std::uint32_t add(const Literal& literal) {
        return std::visit([this](const auto& value) { return add_literal(value); }, literal);
    }
    std::uint32_t add_literal(UndefinedLiteral) { return constant(View()); }
    std::uint32_t add_literal(NullLiteral) { return constant(View::null()); }
    std::uint32_t add_literal(Now) { return insert({.kind = Kind::kNow}); }
    std::uint32_t add_literal(bool value) { return constant(View::boolean(value)); }
    std::uint32_t add_literal(double value) { return constant(View::number(value)); }
    std::uint32_t add_literal(const std::string& value) { return constant(View::string(value)); }

    [[gnu::noinline]] std::uint32_t add(const Reference& reference) {
        const auto next = static_cast<std::uint32_t>(tables_.references.size());
        const auto [known, is_new] = positions_.try_emplace({reference.scope, reference.name}, next);
        if (is_new) tables_.references.push_back(reference);
        return insert({.kind = Kind::kReference, .first = known->second});
    }
    [[gnu::noinline]] std::uint32_t add(const ListOf& list) {
        const auto operands = bind_all(list.items);
        const auto is_constant = [this](std::uint32_t i) { return tables_.nodes[i].kind == Kind::kConstant; };
        if (!std::all_of(operands.begin(), operands.end(), is_constant)) return insert(Kind::kList, 0, operands);
        const auto items = tables_.constants.allocate<View>(operands.size());
        for (std::size_t i = 0; i < items.size(); ++i) items[i] = tables_.nodes[operands[i]].constant;
        return constant(View::list(items));
    }
    [[gnu::noinline]] std::uint32_t add(const Unary& unary) {
        return insert(Kind::kUnary, unary.op, std::array{bind(*unary.operand)});
    }
    [[gnu::noinline]] std::uint32_t add(const Binary& binary) {
        const auto left = bind(*binary.left);
        return insert(Kind::kBinary, binary.op, std::array{left, bind(*binary.right)});
    }
    [[gnu::noinline]] std::uint32_t add(const Logical& logical) {
        const auto kind = logical.op == LogicalOp::kAnd ? Kind::kAnd : Kind::kOr;
        return insert(kind, logical.op, bind_all(logical.operands));
    }
    [[gnu::noinline]] std::uint32_t add(const Call& call) {
        return insert(Kind::kCall, call.function, bind_all(call.arguments));
    }
    [[gnu::noinline]] std::uint32_t add(const Index& index) {
        const auto base = bind(*index.base);
        return insert(Kind::kIndex, 0, std::array{base, bind(*index.index)});
    }

    std::vector<std::uint32_t> bind_all(const std::vector<NodePtr>& nodes) {
        std::vector<std::uint32_t> bound;
        bound.reserve(nodes.size());
        for (const auto& node : nodes) bound.push_back(bind(*node));
        return bound;
    }
    std::uint32_t constant(View value) { return insert({.kind = Kind::kConstant, .constant = value}); }
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
    std::map<std::pair<Scope, std::string_view>, std::uint32_t>
        positions_;  ///< Of the references; names lie in the tree.
};

/// One evaluation: the tables, one record and where results are kept.
class Evaluation {
public:
    Evaluation(const Tables& tables, const Record& record, const Context& context, Arena& arena)
        : tables_(tables), record_(record), context_(context), environment_{context.zone, arena} {}

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
                return apply(static_cast<UnaryOp>(node.op), operand(node, 0));
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
        for (std::uint32_t i = 0; i < node.count; ++i)
            if (is_truthy(operand(node, i)) == wanted) return true;
        return false;
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
};

}  // namespace

struct Program::Impl {
    Ast ast;
    Tables tables;
};

Program::Program(Ast ast) : impl_(std::make_unique<Impl>()) {
    impl_->ast = std::move(ast);
    if (impl_->ast.root) impl_->tables.root = Binder(impl_->tables).bind(*impl_->ast.root);
}
Program::~Program() = default;
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;

const std::vector<Reference>& Program::references() const { return impl_->tables.references; }

const Ast& Program::ast() const { return impl_->ast; }

View Program::evaluate(const Record& record, const Context& context, Arena& arena) const {
    if (impl_->tables.nodes.empty()) return View::boolean(true);
    return Evaluation(impl_->tables, record, context, arena).value(impl_->tables.root);
}

bool Program::matches(const Record& record, const Context& context, Arena& arena) const {
    return is_truthy(evaluate(record, context, arena));
}

}  // namespace engage::expr
