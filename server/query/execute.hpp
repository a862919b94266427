#pragma once

#include "expr/expected.hpp"
#include "server/query/matches.hpp"
#include "server/query/plan.hpp"
#include "server/query/query_fault.hpp"

namespace engage::server {

/// Runs the plan over its snapshot of the profiles.
Expected<Matches, QueryFault> execute(const QueryPlan& plan, const expr::Context& context);

}  // namespace engage::server
