#pragma once

#include "server/catalogue/fact.hpp"

/// Behaviors.
namespace engage::server::catalogue::facts {

#define ENGAGE_FACT(id, ...) extern const Fact id;
#include "server/catalogue/facts/behaviors.def"
#undef ENGAGE_FACT

}  // namespace engage::server::catalogue::facts
