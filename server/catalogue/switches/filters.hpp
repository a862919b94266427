#pragma once

#include "server/catalogue/switch.hpp"

// Filters and what rows show.
#define ENGAGE_TOPIC "server/catalogue/switches/filters.def"
#include "server/catalogue/switches/declare.hpp"
