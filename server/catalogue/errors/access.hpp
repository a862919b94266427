#pragma once

#include "server/catalogue/error.hpp"

/// Who may ask, and how often.
namespace engage::server::catalogue::errors {

#define ENGAGE_ERROR(id, ...) extern const ErrorInfo id;
#include "server/catalogue/errors/access.def"
#undef ENGAGE_ERROR

}  // namespace engage::server::catalogue::errors
