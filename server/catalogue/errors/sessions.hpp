#pragma once

#include "server/catalogue/error.hpp"

/// Sessions and their pages.
namespace engage::server::catalogue::errors {

#define ENGAGE_ERROR(id, ...) extern const ErrorInfo id;
#include "server/catalogue/errors/sessions.def"
#undef ENGAGE_ERROR

}  // namespace engage::server::catalogue::errors
