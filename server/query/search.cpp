#include "server/query/search.hpp"

#include <algorithm>

namespace engage::server {

namespace {

using namespace engage::expr;

/// Counts the nodes of one expression.
class Nodes {
public:
    std::size_t count() const { return count_; }

    NodePtr text(std::string text) { return make(Literal(std::move(text)), 0); }
    NodePtr property(std::string name) { return make(Reference{Scope::kProperties, std::move(name)}, 0); }
    NodePtr call(Function function, NodePtr argument) {
        const auto depth = argument->depth;
        std::vector<NodePtr> arguments;
        arguments.push_back(std::move(argument));
        return make(Call{function, std::move(arguments), nullptr}, depth);
    }
    NodePtr contains(NodePtr whole, NodePtr part) {
        const auto depth = std::max(whole->depth, part->depth);
        return make(Binary{BinaryOp::kIn, std::move(part), std::move(whole)}, depth);
    }
    NodePtr both(NodePtr left, NodePtr right) {
        std::vector<NodePtr> operands;
        operands.push_back(std::move(left));
        operands.push_back(std::move(right));
        return chain(LogicalOp::kAnd, std::move(operands));
    }
    /// One operand or more.
    NodePtr chain(LogicalOp op, std::vector<NodePtr> operands) {
        if (operands.size() == 1) return std::move(operands.front());
        std::uint32_t depth = 0;
        for (const auto& operand : operands) depth = std::max(depth, operand->depth);
        return make(Logical{op, std::move(operands)}, depth);
    }

private:
    template <class What>
    NodePtr make(What what, std::uint32_t depth_below) {
        ++count_;
        return std::make_unique<Node>(Node{std::move(what), {}, depth_below + 1});
    }

    std::size_t count_ = 0;
};

/// The properties that are searched beside the id: each once, and only those that some profile has.
std::vector<std::string> searched_names(const EngageQuery& query, const fixtures::ProfileSet& profiles) {
    std::vector<std::string> names = query.output_properties.value_or(std::vector<std::string>{});
    names.emplace_back("$email");
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::erase_if(names, [&](const std::string& name) { return !profiles.find_name(name); });
    return names;
}

}  // namespace

// `"x" in properties["$distinct_id"] or (defined(properties["$email"]) and "x" in string(properties["$email"])) or …`
expr::Program make_search(const EngageQuery& query, const fixtures::ProfileSet& profiles) {
    Ast ast;
    if (query.search.empty()) return Program(std::move(ast));
    Nodes nodes;
    std::vector<NodePtr> operands;
    operands.push_back(nodes.contains(nodes.property("$distinct_id"), nodes.text(query.search)));
    for (const auto& name : searched_names(query, profiles)) {
        auto text = nodes.call(Function::kString, nodes.property(name));
        operands.push_back(nodes.both(nodes.call(Function::kDefined, nodes.property(name)),
                                      nodes.contains(std::move(text), nodes.text(query.search))));
    }
    ast.root = nodes.chain(LogicalOp::kOr, std::move(operands));
    ast.nodes = nodes.count();
    return Program(std::move(ast));
}

}  // namespace engage::server
