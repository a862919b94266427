#pragma once

#include "expr/program.hpp"
#include "fixtures/profile_set.hpp"
#include "server/query/engage_query.hpp"

namespace engage::server {

/// What the `search` of a query asks of a profile, as an expression; every profile passes without a `search`.
expr::Program make_search(const EngageQuery& query, const fixtures::ProfileSet& profiles);

}  // namespace engage::server
