#pragma once

#include "server/catalogue/error.hpp"

/// Expressions: `where`, `selector`, `behaviors`.
namespace engage::server::catalogue::errors {

#define ENGAGE_ERROR(id, ...) extern const ErrorInfo id;
#include "server/catalogue/errors/expressions.def"
#undef ENGAGE_ERROR

}  // namespace engage::server::catalogue::errors
