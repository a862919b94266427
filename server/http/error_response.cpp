#include "server/http/error_response.hpp"

#include "server/http/headers.hpp"
#include "server/http/json_text.hpp"

namespace engage::server::http {

namespace {

std::string body_of(catalogue::Envelope envelope, std::string_view text, std::string_view target) {
    // Python's separators: a recorded 403 of the query API is three bytes longer than compact JSON.
    switch (envelope) {
        case catalogue::Envelope::kRequestAndError:
            return "{\"request\": " + json_string(target) + ", \"error\": " + json_string(text) + "}";
        case catalogue::Envelope::kErrorAndStatus:
            return "{\"error\":" + json_string(text) + ",\"status\":\"error\"}";
        default:
            return "{\"error\": " + json_string(text) + "}";
    }
}

}  // namespace

HttpResponse to_response(const catalogue::ApiError& error, std::string_view target) {
    const auto& row = error.info();
    HttpResponse response{.status = row.status,
                          .headers = error_headers(row),
                          .body = body_of(error.envelope.value_or(row.envelope), catalogue::message(error), target)};
    response.headers.insert(response.headers.end(), error.headers.begin(), error.headers.end());
    return response;
}

}  // namespace engage::server::http
