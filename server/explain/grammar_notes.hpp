#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "expr/syntax/ast.hpp"

namespace engage::server::explain {

/// What an expression uses of the language, by what is known about the real endpoint. Basis of the division: the list
/// in mixpanel/mixpanel-headless `_internal/query/user_builders.py`.
struct GrammarNotes {
    std::vector<std::string> known;    ///< Known to be accepted, each once, e.g. "==", "defined()".
    std::vector<std::string> assumed;  ///< Documented or sent by clients: "a list literal at character 22".
    std::vector<std::string> refused;  ///< Of the grammars A and L: not accepted by the endpoint.
};

/// `text` is what the tree was parsed from.
GrammarNotes grammar_notes(const expr::syntax::Ast& ast, std::string_view text);

}  // namespace engage::server::explain
