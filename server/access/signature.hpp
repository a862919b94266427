#pragma once

#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace engage::server::access {

/// The `sig` that belongs to a request: MD5 in hexadecimal of all its parameters but `sig` and `callback`, sorted and
/// written as `name=value` one behind the other, and the project's secret. Parameters are those of the URL and of a
/// form; a JSON body cannot be signed, nor is a client known to try. Basis: reported (cooncesean/mixpanel-query-py,
/// stpe/mixpanel-engage-query and other clients of the years before 2017 sign so).
std::string signature_of(const http::HttpRequest& request, std::string_view secret);

}  // namespace engage::server::access
