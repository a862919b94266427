#include "server/catalogue/facts/answers.hpp"
#include "server/catalogue/facts/behaviors.hpp"
#include "server/catalogue/facts/cohorts.hpp"
#include "server/catalogue/facts/endpoints.hpp"
#include "server/catalogue/facts/filters.hpp"
#include "server/catalogue/facts/language.hpp"
#include "server/catalogue/facts/requests.hpp"
#include "server/catalogue/sources.hpp"

namespace engage::server::catalogue::facts {

namespace {

using namespace sources;
using enum Basis;

enum Position : std::uint16_t {
#define ENGAGE_FACT(id, ...) position_of_##id,
#include "server/catalogue/facts/all.def"
#undef ENGAGE_FACT
};

}  // namespace

#define ENGAGE_FACT(id, ...) constinit const Fact id{position_of_##id, __VA_ARGS__};
#include "server/catalogue/facts/all.def"
#undef ENGAGE_FACT

namespace {

constexpr const Fact* kAll[] = {
#define ENGAGE_FACT(id, ...) &id,
#include "server/catalogue/facts/all.def"
#undef ENGAGE_FACT
};

}  // namespace

}  // namespace engage::server::catalogue::facts

auto engage::server::catalogue::all_facts() -> std::span<const Fact* const> { return facts::kAll; }
