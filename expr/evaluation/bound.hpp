#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "expr/syntax/ast.hpp"
#include "expr/values/arena.hpp"
#include "expr/values/record.hpp"
#include "expr/values/value.hpp"

namespace engage::expr::evaluation {

enum class Kind : unsigned char {
    kConstant,
    kNow,
    kReference,
    kList,
    kUnary,
    kBinary,
    kAnd,
    kOr,
    kCall,
    kIndex,
    kChoice,  ///< Pairs of a condition and a value; a last operand without a pair is the value of all other cases.
    kVariable,
    kScan,  ///< Two operands: a list, and what is evaluated with each item as the variable.
    kLet    ///< Two operands: the value of the variable, and what is evaluated with it.
};

/// A node whose names are resolved. Its operands are `count` entries of the operand table from `first` on; of a
/// reference, `first` is the position among the program's references. What a scan or let evaluates with its variable
/// has no value outside of it.
struct Bound {
    Kind kind = Kind::kConstant;
    unsigned char op = 0;       ///< UnaryOp, BinaryOp or Function.
    std::uint16_t pattern = 0;  ///< Of a call: one more than the position of its compiled pattern; 0 when it has none.
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    std::uint32_t slot = 0;  ///< Which variable a kVariable, kScan or kLet means.
    values::View constant{};
};

/// What a program evaluates.
struct Tables {
    std::vector<values::Reference> references;
    std::vector<Bound> nodes;
    std::vector<std::uint32_t> operands;
    std::vector<const text::Regex*> patterns;  ///< They belong to the tree.
    values::Arena constants;                   ///< Items of list literals.
    std::uint32_t root = 0;
    std::uint32_t variables = 0;  ///< Slots of variables.
};

/// Where the nodes of a tree stand in the tables.
using Positions = std::unordered_map<const syntax::Node*, std::uint32_t>;

/// Turns the tree, which must outlive them, into the tables of a program. Fills `positions` when it is given.
Tables bind(const syntax::Ast& ast, Positions* positions = nullptr);

}  // namespace engage::expr::evaluation
