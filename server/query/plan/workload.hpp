#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/definitions/behavior.hpp"
#include "server/space/event_store.hpp"

namespace engage::server::query::plan {

/// What the behaviors of one request may cost.
struct WorkloadLimits {
    /// Looks at a part of a condition, for one event or one user: worth less than a minute.
    std::uint64_t looks = 200'000'000;
    /// Numbers that are kept while the query runs: worth half a gigabyte.
    std::uint64_t numbers = 50'000'000;
};

/// Why behaviors are too much to count for a query for these profiles of the project; nothing if they are not.
std::optional<std::string> excess_of(const std::vector<definitions::Behavior>& behaviors,
                                     const space::EventStore& store, const fixtures::profiles::ProfileSet& profiles,
                                     const WorkloadLimits& limits = {});

}  // namespace engage::server::query::plan
