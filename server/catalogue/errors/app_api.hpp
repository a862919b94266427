#pragma once

#include "server/catalogue/error.hpp"

/// The App API.
namespace engage::server::catalogue::errors {

#define ENGAGE_ERROR(id, ...) extern const ErrorInfo id;
#include "server/catalogue/errors/app_api.def"
#undef ENGAGE_ERROR

}  // namespace engage::server::catalogue::errors
