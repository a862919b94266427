#pragma once

#include "expr/dialect.hpp"
#include "server/fidelity/switches.hpp"

namespace engage::server {

/// The readings of the expression language that the switches `where.*` choose.
expr::Semantics semantics_of(const Switches& switches);
expr::Grammar grammar_of(const Switches& switches);

}  // namespace engage::server
