#pragma once

#include "server/catalogue/error.hpp"

/// The parameters of the endpoints beside `/engage`.
namespace engage::server::catalogue::errors {

#define ENGAGE_ERROR(id, ...) extern const ErrorInfo id;
#include "server/catalogue/errors/endpoints.def"
#undef ENGAGE_ERROR

}  // namespace engage::server::catalogue::errors
