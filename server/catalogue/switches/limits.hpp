#pragma once

#include "server/catalogue/switch.hpp"

// Quota and concurrency.
#define ENGAGE_TOPIC "server/catalogue/switches/limits.def"
#include "server/catalogue/switches/declare.hpp"
