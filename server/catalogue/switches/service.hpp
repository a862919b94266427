#pragma once

#include "server/catalogue/switch.hpp"

// HTTP, authentication, regions.
#define ENGAGE_TOPIC "server/catalogue/switches/service.def"
#include "server/catalogue/switches/declare.hpp"
