#include "server/explain/grammar_notes.hpp"

#include <algorithm>

#include "expr/syntax/caret.hpp"
#include "expr/syntax/parse.hpp"
#include "expr/syntax/signature.hpp"

namespace engage::server::explain {

namespace {

using expr::syntax::BinaryOp;
using expr::syntax::Node;

bool is_known(BinaryOp op) {
    switch (op) {
        case BinaryOp::kEqual:
        case BinaryOp::kNotEqual:
        case BinaryOp::kLess:
        case BinaryOp::kLessEqual:
        case BinaryOp::kGreater:
        case BinaryOp::kGreaterEqual:
        case BinaryOp::kIn:
        case BinaryOp::kAdd:
        case BinaryOp::kSubtract:
            return true;
        case BinaryOp::kMultiply:
        case BinaryOp::kDivide:
        case BinaryOp::kModulo:
        case BinaryOp::kContains:
            return false;
    }
    return false;
}

/// The name of what a node uses, empty if it is nothing that the endpoint is known to accept.
struct KnownName {
    template <class Other>
    std::string operator()(const Other&) const {
        return {};
    }
    std::string operator()(const expr::syntax::Literal& literal) const {
        return std::holds_alternative<expr::syntax::Now>(literal) ? "NOW" : "";
    }
    std::string operator()(const expr::syntax::Unary& unary) const {
        return unary.op == expr::syntax::UnaryOp::kNot ? "not" : "-";
    }
    std::string operator()(const expr::syntax::Binary& binary) const {
        return is_known(binary.op) ? std::string(expr::syntax::symbol(binary.op)) : std::string();
    }
    std::string operator()(const expr::syntax::Logical& logical) const {
        return logical.op == expr::syntax::LogicalOp::kAnd ? "and" : "or";
    }
    std::string operator()(const expr::syntax::Call& call) const {
        const auto& info = expr::syntax::signature_of(call.function);
        return info.grammar == expr::syntax::Grammar::kKnown ? std::string(info.name) + "()" : std::string();
    }
};

void add_known(const Node& node, std::vector<std::string>& known) {
    for (const auto* operand : expr::syntax::operands_of(node)) add_known(*operand, known);
    auto name = std::visit(KnownName{}, node.is);
    if (!name.empty() && std::find(known.begin(), known.end(), name) == known.end()) known.push_back(std::move(name));
}

}  // namespace

GrammarNotes grammar_notes(const expr::syntax::Ast& ast, std::string_view text) {
    GrammarNotes notes;
    if (ast.root) add_known(*ast.root, notes.known);
    for (const auto& use : ast.beyond_known) {
        auto note = expr::syntax::name_of(use) + " at character " +
                    std::to_string(expr::syntax::characters_before(text, use.at.begin));
        (use.least == expr::syntax::Grammar::kEngage ? notes.assumed : notes.refused).push_back(std::move(note));
    }
    return notes;
}

}  // namespace engage::server::explain
