#pragma once

#include <string_view>

#include "server/catalogue/error.hpp"
#include "server/http/message.hpp"

namespace engage::server::http {

/// The whole answer. `target` is echoed as `request`: path and query, as the recordings show.
HttpResponse to_response(const catalogue::ApiError& error, std::string_view target);

}  // namespace engage::server::http
