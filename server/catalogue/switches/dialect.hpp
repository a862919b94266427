#pragma once

#include <string>

#include "expr/evaluation/program.hpp"
#include "expr/syntax/dialect.hpp"
#include "server/catalogue/switches.hpp"
#include "server/time/clock.hpp"

namespace engage::server::catalogue::switches {

/// The readings of the expression language that the switches `where.*` choose.
expr::syntax::Semantics semantics_of(const Switches& switches);
expr::syntax::Grammar grammar_of(const Switches& switches);

/// What expressions know beside the profile at that time, in a project of that zone.
expr::evaluation::Context context_of(time::TimePoint now, const expr::values::TimeZone& zone, const Switches& switches);

/// "'and' takes a boolean or undefined, found a value of type number"
std::string fault_text(const expr::evaluation::LogicalFault& fault);

}  // namespace engage::server::catalogue::switches
