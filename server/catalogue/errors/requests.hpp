#pragma once

#include "server/catalogue/error.hpp"

/// What is wrong with a request before anybody asks what it wants.
namespace engage::server::catalogue::errors {

#define ENGAGE_ERROR(id, ...) extern const ErrorInfo id;
#include "server/catalogue/errors/requests.def"
#undef ENGAGE_ERROR

}  // namespace engage::server::catalogue::errors
