#pragma once

#include "server/catalogue/switch.hpp"

// What the emulator says of itself.
#define ENGAGE_TOPIC "server/catalogue/switches/fidelity.def"
#include "server/catalogue/switches/declare.hpp"
