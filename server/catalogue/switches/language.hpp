#pragma once

#include "server/catalogue/switch.hpp"

// The language of expressions; docs/where.md says more.
#define ENGAGE_TOPIC "server/catalogue/switches/language.def"
#include "server/catalogue/switches/declare.hpp"
