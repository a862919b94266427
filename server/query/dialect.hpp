#pragma once

#include <string>

#include "expr/dialect.hpp"
#include "expr/program.hpp"
#include "server/fidelity/switches.hpp"

namespace engage::server {

/// The readings of the expression language that the switches `where.*` choose.
expr::Semantics semantics_of(const Switches& switches);
expr::Grammar grammar_of(const Switches& switches);

/// "'and' takes a boolean or undefined, found a value of type number"
std::string fault_text(const expr::LogicalFault& fault);

}  // namespace engage::server
