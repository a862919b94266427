#pragma once

#include "expr/evaluation/program.hpp"
#include "server/catalogue/readings.hpp"

namespace engage::server::query::plan {

/// Notes what the meaning of an expression rests on: facts, and those switches that it gives a say.
void note_where(const expr::evaluation::Program& program, catalogue::Readings& readings);

}  // namespace engage::server::query::plan
