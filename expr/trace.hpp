#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "expr/ast.hpp"
#include "expr/bound.hpp"
#include "expr/program.hpp"

namespace engage::expr {

/// Evaluates single nodes of a tree, to show how a value came about. Slower than a Program: what lies below a node is
/// evaluated again for each node.
class Trace {
public:
    /// `ast` must outlive it and have a root.
    explicit Trace(const Ast& ast);

    const std::vector<Reference>& references() const { return tables_.references; }

    /// The value of one node of the tree. Nothing for one that uses a name of a binding around it: it has a value for
    /// each item. Undefined for one that exhausts the budget of an evaluation, which each node has for itself. The view
    /// may point into the tree, the record and `arena`.
    std::optional<View> value(const Node& node, const Record& record, const Context& context, Arena& arena) const;

private:
    std::set<std::uint32_t> keep_closed(const Node& node);

    Positions positions_;  ///< Of the nodes that have one value.
    Tables tables_;
};

/// A node and how far below the root it stands.
struct Step {
    const Node* node = nullptr;
    std::uint32_t depth = 0;
};

/// At most `most` nodes of the tree, operands before what they are operands of, without literals, whose value is what
/// is written. The root is always the last one; what is left out are operands that stand further left.
std::vector<Step> steps_of(const Ast& ast, std::size_t most);

}  // namespace engage::expr
