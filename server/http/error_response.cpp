#include "server/http/error_response.hpp"

#include "fixtures/json/write.hpp"
#include "server/http/headers.hpp"

namespace engage::server::http {

namespace {

std::string body_of(catalogue::Envelope envelope, std::string_view text, std::string_view target) {
    // Python's separators: a recorded 403 of the query API is three bytes longer than compact JSON.
    switch (envelope) {
        case catalogue::Envelope::kRequestAndError:
            return "{\"request\": " + fixtures::json::ascii_literal(target) +
                   ", \"error\": " + fixtures::json::ascii_literal(text) + "}";
        case catalogue::Envelope::kErrorAndStatus:
            return "{\"error\":" + fixtures::json::ascii_literal(text) + ",\"status\":\"error\"}";
        default:
            return "{\"error\": " + fixtures::json::ascii_literal(text) + "}";
    }
}

}  // namespace

HttpResponse to_response(const catalogue::ApiError& error, std::string_view target) {
    const auto& row = error.info();
    const auto envelope = error.envelope.value_or(row.envelope);
    HttpResponse response{.status = row.status,
                          .headers = error_headers(row, envelope),
                          .body = body_of(envelope, catalogue::message(error), target)};
    response.headers.insert(response.headers.end(), error.headers.begin(), error.headers.end());
    return response;
}

}  // namespace engage::server::http
