#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "expr/dialect.hpp"
#include "expr/expected.hpp"
#include "expr/json_tree.hpp"
#include "expr/program.hpp"
#include "server/query/behavior.hpp"

namespace engage::server {

/// A definition as it was written.
struct DefinitionText {
    std::optional<std::string> where;      ///< An expression.
    std::optional<std::string> selector;   ///< JSON of an expression tree; where there is no `where`.
    std::optional<std::string> behaviors;  ///< JSON of what either reads: an array as in queries, or an object as in
                                           ///< saved cohorts.
};

/// What decides who is a member of a dynamic cohort.
struct CohortDefinition {
    expr::Program program;
    std::vector<Behavior> behaviors;
    std::vector<std::uint64_t> references;  ///< The cohorts that the program reads, each once.
};

/// Reads a definition; its texts are held to `grammar`. The pointer of an error begins with "/where", "/selector" or
/// "/behaviors". Whether the cohorts that it refers to exist is not looked at.
Expected<CohortDefinition, expr::TreeError> read_definition(const DefinitionText& text, expr::Grammar grammar);

}  // namespace engage::server
