#pragma once

#include "server/query/endpoints/per_profile_set.hpp"
#include "server/query/endpoints/query_pipeline.hpp"
#include "server/query/endpoints/transactions.hpp"
#include "server/space/ids.hpp"

namespace engage::server::query::endpoints {

/// `engage/revenue`: what profiles paid, day by day, from their `$transactions`.
class RevenueEndpoint {
public:
    explicit RevenueEndpoint(space::IdSource& ids) : ids_(ids) {}

    Expected<std::string, catalogue::ApiError> operator()(const QueryRequest& request) const;

private:
    space::IdSource& ids_;
    mutable PerProfileSet<std::vector<Transaction>> transactions_;
};

}  // namespace engage::server::query::endpoints
