#pragma once

#include "expr/expected.hpp"
#include "server/query/execution/query_fault.hpp"
#include "server/query/plan/plan.hpp"
#include "server/space/matches.hpp"

namespace engage::server::query::execution {

/// Runs the plan over its snapshot of the profiles.
Expected<space::Matches, QueryFault> execute(const plan::QueryPlan& plan, const expr::evaluation::Context& context);

}  // namespace engage::server::query::execution
