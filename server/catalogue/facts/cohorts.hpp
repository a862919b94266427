#pragma once

#include "server/catalogue/fact.hpp"

/// Cohorts and groups.
namespace engage::server::catalogue::facts {

#define ENGAGE_FACT(id, ...) extern const Fact id;
#include "server/catalogue/facts/cohorts.def"
#undef ENGAGE_FACT

}  // namespace engage::server::catalogue::facts
