#include "server/catalogue/errors/access.hpp"
#include "server/catalogue/errors/app_api.hpp"
#include "server/catalogue/errors/cohorts.hpp"
#include "server/catalogue/errors/emulator.hpp"
#include "server/catalogue/errors/endpoints.hpp"
#include "server/catalogue/errors/expressions.hpp"
#include "server/catalogue/errors/parameters.hpp"
#include "server/catalogue/errors/requests.hpp"
#include "server/catalogue/errors/sessions.hpp"
#include "server/catalogue/sources.hpp"

namespace engage::server::catalogue::errors {

namespace {

using namespace sources;
using enum Basis;
using enum Envelope;

}  // namespace

#define ENGAGE_ERROR(id, ...) constinit const ErrorInfo id{__VA_ARGS__};
#include "server/catalogue/errors/all.def"
#undef ENGAGE_ERROR

namespace {

constexpr const ErrorInfo* kAll[] = {
#define ENGAGE_ERROR(id, ...) &id,
#include "server/catalogue/errors/all.def"
#undef ENGAGE_ERROR
};

}  // namespace

}  // namespace engage::server::catalogue::errors

auto engage::server::catalogue::all_errors() -> std::span<const ErrorInfo* const> { return errors::kAll; }
