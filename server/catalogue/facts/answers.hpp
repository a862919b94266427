#pragma once

#include "server/catalogue/fact.hpp"

/// Answers: shape, order, pages, sessions.
namespace engage::server::catalogue::facts {

#define ENGAGE_FACT(id, ...) extern const Fact id;
#include "server/catalogue/facts/answers.def"
#undef ENGAGE_FACT

}  // namespace engage::server::catalogue::facts
