#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "expr/evaluation/program.hpp"
#include "expr/expected.hpp"
#include "expr/syntax/dialect.hpp"
#include "expr/trees/json_tree.hpp"
#include "server/definitions/behavior.hpp"

namespace engage::server::definitions {

/// A definition as it was written.
struct DefinitionText {
    std::optional<std::string> where;      ///< An expression.
    std::optional<std::string> selector;   ///< JSON of an expression tree; where there is no `where`.
    std::optional<std::string> behaviors;  ///< JSON of what either reads: an array as in queries, or an object as in
                                           ///< saved cohorts.
};

/// A definition as it stands in a JSON document, to which nobody listens.
struct DefinitionTree {
    expr::values::Cursor selector;                  ///< An expression tree.
    std::optional<expr::values::Cursor> behaviors;  ///< What it reads, in the same forms, or a string that holds them.
};

/// What decides who is a member of a dynamic cohort.
struct CohortDefinition {
    expr::evaluation::Program program;
    std::vector<Behavior> behaviors;
    std::vector<std::uint64_t> references;  ///< The cohorts that the program reads, each once.
};

/// Puts a definition together of what was read. `pointer` is that of the expression, for the error that it reads a
/// behavior which is not declared.
Expected<CohortDefinition, expr::values::DocumentError> make_definition(
    expr::syntax::Ast ast, Expected<std::vector<Behavior>, expr::values::DocumentError> behaviors,
    const std::string& pointer);

/// Reads a definition; its texts are held to `grammar`. The pointer of an error begins with "/where", "/selector" or
/// "/behaviors". Whether the cohorts that it refers to exist is not looked at.
Expected<CohortDefinition, expr::values::DocumentError> read_definition(const DefinitionText& text,
                                                                        expr::syntax::Grammar grammar);

/// The same; the pointer of an error is one of the document.
Expected<CohortDefinition, expr::values::DocumentError> read_definition(const DefinitionTree& tree,
                                                                        expr::syntax::Grammar grammar);

}  // namespace engage::server::definitions
