#pragma once

#include "server/catalogue/fact.hpp"

/// The language of expressions.
namespace engage::server::catalogue::facts {

#define ENGAGE_FACT(id, ...) extern const Fact id;
#include "server/catalogue/facts/language.def"
#undef ENGAGE_FACT

}  // namespace engage::server::catalogue::facts
