#pragma once

#include "server/catalogue/switch.hpp"

// Sessions and their pages.
#define ENGAGE_TOPIC "server/catalogue/switches/sessions.def"
#include "server/catalogue/switches/declare.hpp"
