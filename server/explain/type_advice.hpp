#pragma once

#include <string>
#include <vector>

#include "server/explain/comparison.hpp"

namespace engage::server::explain {

/// What to write where a property holds another type than it is compared with: one line each.
std::vector<std::string> type_advice(const Comparison& comparison);

/// The same for a property inside of a cast or right behind `not`.
std::vector<std::string> cast_advice(const Condition& condition);

}  // namespace engage::server::explain
