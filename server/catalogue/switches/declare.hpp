// Included once for each topic, whose table ENGAGE_TOPIC names: declares the choices of its switches and the switches.

namespace engage::server::catalogue::switches {

#define ENGAGE_SWITCH(id, choices, ...) enum class choices : std::uint8_t {
#define ENGAGE_CHOICE(id, ...) id,
#define ENGAGE_SWITCH_END \
    }                     \
    ;
#define ENGAGE_NUMBER(...)
#include ENGAGE_TOPIC
#include "server/catalogue/switches/undefine.hpp"

#define ENGAGE_SWITCH(id, choices, ...) extern const Switch<choices> id;
#define ENGAGE_CHOICE(...)
#define ENGAGE_SWITCH_END
#define ENGAGE_NUMBER(id, ...) extern const Number id;
#include ENGAGE_TOPIC
#include "server/catalogue/switches/undefine.hpp"

}  // namespace engage::server::catalogue::switches

#undef ENGAGE_TOPIC
