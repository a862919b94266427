#pragma once

#include <string_view>

#include "server/error.hpp"
#include "server/http/message.hpp"

namespace engage::server {

/// The whole answer. `target` is echoed as `request`: path and query, as the recordings show.
HttpResponse to_response(const ApiError& error, std::string_view target);

}  // namespace engage::server
