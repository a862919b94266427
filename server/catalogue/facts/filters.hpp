#pragma once

#include "server/catalogue/fact.hpp"

/// The filters of `/engage` beside expressions and cohorts.
namespace engage::server::catalogue::facts {

#define ENGAGE_FACT(id, ...) extern const Fact id;
#include "server/catalogue/facts/filters.def"
#undef ENGAGE_FACT

}  // namespace engage::server::catalogue::facts
