#pragma once

#include "server/catalogue/fact.hpp"

/// Requests: paths, methods, parameters, who may ask and how often.
namespace engage::server::catalogue::facts {

#define ENGAGE_FACT(id, ...) extern const Fact id;
#include "server/catalogue/facts/requests.def"
#undef ENGAGE_FACT

}  // namespace engage::server::catalogue::facts
