#pragma once

#include "server/catalogue/switch.hpp"

// The order of rows.
#define ENGAGE_TOPIC "server/catalogue/switches/answers.def"
#include "server/catalogue/switches/declare.hpp"
