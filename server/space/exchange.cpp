#include "server/space/exchange.hpp"

#include "server/http/error_response.hpp"
#include "server/http/evident_response.hpp"

namespace engage::server::space {

time::Duration Call::elapsed() const {
    if (space.clock.is_frozen()) return time::Duration{0};
    return std::chrono::duration_cast<time::Duration>(std::chrono::steady_clock::now() - begun);
}

namespace {

void note(const catalogue::ApiError& error, Decisions& decisions) {
    decisions.error = &error.info();
    decisions.message = catalogue::message(error);
}

}  // namespace

http::HttpResponse refuse(const Call& call, const catalogue::ApiError& error) {
    note(error, call.decisions);
    return http::to_response(error, call.http.target);
}

http::HttpResponse respond(const Call& call, Expected<http::HttpResponse, catalogue::ApiError> response) {
    response = http::held_to_evidence(std::move(response), call.decisions.readings);
    if (!response) note(response.error(), call.decisions);
    return http::to_response(std::move(response), call.decisions.readings, call.http.target);
}

}  // namespace engage::server::space
