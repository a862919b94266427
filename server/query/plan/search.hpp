#pragma once

#include "expr/evaluation/program.hpp"
#include "fixtures/profiles/profile_set.hpp"
#include "server/query/request/engage_query.hpp"

namespace engage::server::query::plan {

/// What the `search` of a query asks of a profile, as an expression; every profile passes without a `search`.
expr::evaluation::Program make_search(const request::EngageQuery& query,
                                      const fixtures::profiles::ProfileSet& profiles);

}  // namespace engage::server::query::plan
