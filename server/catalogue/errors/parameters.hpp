#pragma once

#include "server/catalogue/error.hpp"

/// The other parameters of `/engage`.
namespace engage::server::catalogue::errors {

#define ENGAGE_ERROR(id, ...) extern const ErrorInfo id;
#include "server/catalogue/errors/parameters.def"
#undef ENGAGE_ERROR

}  // namespace engage::server::catalogue::errors
