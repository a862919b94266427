#pragma once

#include "expr/program.hpp"
#include "server/fidelity/ledger.hpp"

namespace engage::server {

/// Whether the value of the expression may depend on the time.
bool reads_clock(const expr::Program& program);

/// Notes what the meaning of an expression rests on: behaviours, and those switches that it gives a say.
void note_where(const expr::Program& program, Evidence& evidence);

}  // namespace engage::server
