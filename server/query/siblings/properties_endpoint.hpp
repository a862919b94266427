#pragma once

#include "fixtures/property_census.hpp"
#include "server/query/query_pipeline.hpp"
#include "server/query/siblings/per_profile_set.hpp"

namespace engage::server {

/// `engage/properties`: which properties profiles have, of which type, and how many have each.
class PropertiesEndpoint {
public:
    explicit PropertiesEndpoint(const Settings& settings) : settings_(settings) {}

    Expected<std::string, ApiError> operator()(const QueryRequest& request) const;

private:
    const Settings& settings_;
    mutable PerProfileSet<std::vector<fixtures::PropertyCount>> counts_;
};

}  // namespace engage::server
