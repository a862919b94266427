#pragma once

#include "server/catalogue/error.hpp"

/// The emulator's own.
namespace engage::server::catalogue::errors {

#define ENGAGE_ERROR(id, ...) extern const ErrorInfo id;
#include "server/catalogue/errors/emulator.def"
#undef ENGAGE_ERROR

}  // namespace engage::server::catalogue::errors
