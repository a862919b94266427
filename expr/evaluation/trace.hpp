#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "expr/evaluation/bound.hpp"
#include "expr/evaluation/program.hpp"
#include "expr/syntax/ast.hpp"

namespace engage::expr::evaluation {

/// Evaluates single nodes of a tree, to show how a value came about. Slower than a Program: what lies below a node is
/// evaluated again for each node.
class Trace {
public:
    /// `ast` must outlive it and have a root.
    explicit Trace(const syntax::Ast& ast);

    const std::vector<values::Reference>& references() const { return tables_.references; }

    /// The value of one node of the tree. Nothing for one that uses a name of a binding around it: it has a value for
    /// each item. Undefined for one that exhausts the budget of an evaluation, which each node has for itself. The view
    /// may point into the tree, the record and `arena`.
    std::optional<values::View> value(const syntax::Node& node, const values::Record& record, const Context& context,
                                      values::Arena& arena) const;

private:
    std::set<std::uint32_t> keep_closed(const syntax::Node& node);

    Positions positions_;  ///< Of the nodes that have one value.
    Tables tables_;
};

/// A node and how far below the root it stands.
struct Step {
    const syntax::Node* node = nullptr;
    std::uint32_t depth = 0;
};

/// At most `most` nodes of the tree, operands before what they are operands of, without literals, whose value is what
/// is written. The root is always the last one; what is left out are operands that stand further left.
std::vector<Step> steps_of(const syntax::Ast& ast, std::size_t most);

}  // namespace engage::expr::evaluation
