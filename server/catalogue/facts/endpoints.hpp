#pragma once

#include "server/catalogue/fact.hpp"

/// The endpoints beside `/engage`, and the App API.
namespace engage::server::catalogue::facts {

#define ENGAGE_FACT(id, ...) extern const Fact id;
#include "server/catalogue/facts/endpoints.def"
#undef ENGAGE_FACT

}  // namespace engage::server::catalogue::facts
