#pragma once

#include <string_view>

#include "expr/expected.hpp"
#include "server/catalogue/error.hpp"
#include "server/catalogue/readings.hpp"
#include "server/http/message.hpp"

namespace engage::server::http {

/// Refused if `fidelity.strict` has something against what it rests on.
Expected<HttpResponse, catalogue::ApiError> held_to_evidence(Expected<HttpResponse, catalogue::ApiError> response,
                                                             const catalogue::Readings& readings);

/// The answer as the client gets it: with the header that names what it rests on if `fidelity.header` asks for that.
/// `target` is echoed by errors.
HttpResponse to_response(Expected<HttpResponse, catalogue::ApiError> response, const catalogue::Readings& readings,
                         std::string_view target);

}  // namespace engage::server::http
