#include "server/catalogue/sources.hpp"
#include "server/catalogue/switches/answers.hpp"
#include "server/catalogue/switches/fidelity.hpp"
#include "server/catalogue/switches/filters.hpp"
#include "server/catalogue/switches/language.hpp"
#include "server/catalogue/switches/limits.hpp"
#include "server/catalogue/switches/service.hpp"
#include "server/catalogue/switches/sessions.hpp"

namespace engage::server::catalogue::switches {

namespace {

using namespace sources;
using enum Basis;

enum Position : std::uint8_t {
#define ENGAGE_SWITCH(id, ...) position_of_##id,
#define ENGAGE_CHOICE(...)
#define ENGAGE_SWITCH_END
#define ENGAGE_NUMBER(id, ...) position_of_##id,
#include "server/catalogue/switches/all.def"
#include "server/catalogue/switches/undefine.hpp"
};

#define ENGAGE_SWITCH(id, ...) constexpr SwitchValue id##Values[] = {
#define ENGAGE_CHOICE(id, ...) {__VA_ARGS__},
#define ENGAGE_SWITCH_END \
    }                     \
    ;
#define ENGAGE_NUMBER(id, name, question, number, ...) \
    constexpr SwitchValue id##Values[] = {{"<seconds>", __VA_ARGS__}};
#include "server/catalogue/switches/all.def"
#include "server/catalogue/switches/undefine.hpp"

}  // namespace

#define ENGAGE_SWITCH(id, choices, name, question) \
    constinit const Switch<choices> id{{position_of_##id, name, question, id##Values}};
#define ENGAGE_CHOICE(...)
#define ENGAGE_SWITCH_END
#define ENGAGE_NUMBER(id, name, question, number, ...) \
    constinit const Number id{{position_of_##id, name, question, id##Values, number}};
#include "server/catalogue/switches/all.def"
#include "server/catalogue/switches/undefine.hpp"

namespace {

constexpr const SwitchInfo* kAll[] = {
#define ENGAGE_SWITCH(id, ...) &id,
#define ENGAGE_CHOICE(...)
#define ENGAGE_SWITCH_END
#define ENGAGE_NUMBER(id, ...) &id,
#include "server/catalogue/switches/all.def"
#include "server/catalogue/switches/undefine.hpp"
};

}  // namespace

}  // namespace engage::server::catalogue::switches

auto engage::server::catalogue::all_switches() -> std::span<const SwitchInfo* const> { return switches::kAll; }
