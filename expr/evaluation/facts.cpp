#include "expr/evaluation/facts.hpp"

#include "expr/evaluation/evaluation.hpp"
#include "expr/syntax/signature.hpp"

namespace engage::expr::evaluation {
namespace {

/// How many texts of full length a node may take room for.
std::size_t texts_made(const Bound& node) {
    constexpr std::size_t kGrowing = 4;  ///< A text that moves to a room of twice the size when it grows.
    if (node.kind == Kind::kBinary) return static_cast<syntax::BinaryOp>(node.op) == syntax::BinaryOp::kAdd ? 1 : 0;
    if (node.kind != Kind::kCall) return 0;
    switch (static_cast<syntax::Function>(node.op)) {
        case syntax::Function::kUpper:
        case syntax::Function::kLower:
            return 1;
        case syntax::Function::kString:
            return kGrowing;
        case syntax::Function::kSplit:
            return sizeof(values::View);
        default:
            return 0;
    }
}

bool is_search(const Bound& node) {
    return node.kind == Kind::kCall &&
           syntax::signature_of(static_cast<syntax::Function>(node.op)).shape == syntax::Shape::kPattern;
}

}  // namespace

Facts facts_of(const Tables& tables) {
    Facts facts{.parts = tables.nodes.size(), .is_metered = tables.variables > 0};
    for (const auto& [scope, name] : tables.references) {
        facts.scopes |= Facts::bit(scope);
        const bool is_of_profile = scope == values::Scope::kProperties || scope == values::Scope::kUser;
        facts.reads_id = facts.reads_id || (is_of_profile && name == "$distinct_id");
    }
    std::size_t texts = 0;
    for (const auto& node : tables.nodes) {
        facts.reads_clock = facts.reads_clock || node.kind == Kind::kNow;
        facts.is_metered = facts.is_metered || is_search(node);
        texts += texts_made(node);
    }
    facts.is_metered = facts.is_metered || texts > kMaxAllocated / functions::kMaxConcatenation;
    return facts;
}

}  // namespace engage::expr::evaluation
