#pragma once

#include "server/ids.hpp"
#include "server/query/query_pipeline.hpp"
#include "server/query/siblings/per_profile_set.hpp"
#include "server/query/siblings/transactions.hpp"

namespace engage::server {

/// `engage/revenue`: what profiles paid, day by day, from their `$transactions`.
class RevenueEndpoint {
public:
    explicit RevenueEndpoint(IdSource& ids) : ids_(ids) {}

    Expected<std::string, ApiError> operator()(const QueryRequest& request) const;

private:
    IdSource& ids_;
    mutable PerProfileSet<std::vector<Transaction>> transactions_;
};

}  // namespace engage::server
