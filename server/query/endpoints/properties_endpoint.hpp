#pragma once

#include "fixtures/profiles/property_census.hpp"
#include "server/query/endpoints/per_profile_set.hpp"
#include "server/query/endpoints/query_pipeline.hpp"

namespace engage::server::query::endpoints {

/// `engage/properties`: which properties profiles have, of which type, and how many have each.
class PropertiesEndpoint {
public:
    explicit PropertiesEndpoint(const catalogue::Settings& settings) : settings_(settings) {}

    Expected<std::string, catalogue::ApiError> operator()(const QueryRequest& request) const;

private:
    const catalogue::Settings& settings_;
    mutable PerProfileSet<std::vector<fixtures::profiles::PropertyCount>> counts_;
};

}  // namespace engage::server::query::endpoints
