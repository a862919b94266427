#include "server/query/plan/search.hpp"

#include <algorithm>

namespace engage::server::query::plan {

namespace {

using namespace engage::expr;

/// Counts the nodes of one expression.
class Nodes {
public:
    std::size_t count() const { return count_; }

    expr::syntax::NodePtr text(std::string text) { return make(expr::syntax::Literal(std::move(text)), 0); }
    expr::syntax::NodePtr property(std::string name) {
        return make(expr::values::Reference{expr::values::Scope::kProperties, std::move(name)}, 0);
    }
    expr::syntax::NodePtr call(expr::syntax::Function function, expr::syntax::NodePtr argument) {
        const auto depth = argument->depth;
        std::vector<expr::syntax::NodePtr> arguments;
        arguments.push_back(std::move(argument));
        return make(expr::syntax::Call{function, std::move(arguments), nullptr}, depth);
    }
    expr::syntax::NodePtr contains(expr::syntax::NodePtr whole, expr::syntax::NodePtr part) {
        const auto depth = std::max(whole->depth, part->depth);
        return make(expr::syntax::Binary{expr::syntax::BinaryOp::kIn, std::move(part), std::move(whole)}, depth);
    }
    expr::syntax::NodePtr both(expr::syntax::NodePtr left, expr::syntax::NodePtr right) {
        std::vector<expr::syntax::NodePtr> operands;
        operands.push_back(std::move(left));
        operands.push_back(std::move(right));
        return chain(expr::syntax::LogicalOp::kAnd, std::move(operands));
    }
    /// One operand or more.
    expr::syntax::NodePtr chain(expr::syntax::LogicalOp op, std::vector<expr::syntax::NodePtr> operands) {
        if (operands.size() == 1) return std::move(operands.front());
        std::uint32_t depth = 0;
        for (const auto& operand : operands) depth = std::max(depth, operand->depth);
        return make(expr::syntax::Logical{op, std::move(operands)}, depth);
    }

private:
    template <class What>
    expr::syntax::NodePtr make(What what, std::uint32_t depth_below) {
        ++count_;
        return std::make_unique<expr::syntax::Node>(expr::syntax::Node{std::move(what), {}, depth_below + 1});
    }

    std::size_t count_ = 0;
};

/// The properties that are searched beside the id: each once, and only those that some profile has.
std::vector<std::string> searched_names(const request::EngageQuery& query,
                                        const fixtures::profiles::ProfileSet& profiles) {
    std::vector<std::string> names = query.output_properties.value_or(std::vector<std::string>{});
    names.emplace_back("$email");
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::erase_if(names, [&](const std::string& name) { return !profiles.find_name(name); });
    return names;
}

}  // namespace

// `"x" in properties["$distinct_id"] or (defined(properties["$email"]) and "x" in string(properties["$email"])) or …`
expr::evaluation::Program make_search(const request::EngageQuery& query,
                                      const fixtures::profiles::ProfileSet& profiles) {
    expr::syntax::Ast ast;
    if (query.search.empty()) return expr::evaluation::Program(std::move(ast));
    Nodes nodes;
    std::vector<expr::syntax::NodePtr> operands;
    operands.push_back(nodes.contains(nodes.property("$distinct_id"), nodes.text(query.search)));
    for (const auto& name : searched_names(query, profiles)) {
        auto text = nodes.call(expr::syntax::Function::kString, nodes.property(name));
        operands.push_back(nodes.both(nodes.call(expr::syntax::Function::kDefined, nodes.property(name)),
                                      nodes.contains(std::move(text), nodes.text(query.search))));
    }
    ast.root = nodes.chain(expr::syntax::LogicalOp::kOr, std::move(operands));
    ast.nodes = nodes.count();
    return expr::evaluation::Program(std::move(ast));
}

}  // namespace engage::server::query::plan
