#pragma once

#include "server/catalogue/error.hpp"

/// Cohorts and data groups.
namespace engage::server::catalogue::errors {

#define ENGAGE_ERROR(id, ...) extern const ErrorInfo id;
#include "server/catalogue/errors/cohorts.def"
#undef ENGAGE_ERROR

}  // namespace engage::server::catalogue::errors
