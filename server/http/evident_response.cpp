#include "server/http/evident_response.hpp"
#include "server/http/error_response.hpp"

namespace engage::server {

namespace {

/// What strict mode has against an answer, empty if nothing.
std::string assumed_part(const Expected<HttpResponse, ApiError>& response, const Evidence& evidence) {
    if (response) return evidence.assumed();
    const auto& row = info(response.error().code);
    return row.basis == Basis::kAssumed ? std::string(row.name) : std::string{};
}

/// What the answer rests on; an error rests on its own row.
std::string summary_of(const Expected<HttpResponse, ApiError>& response, const Evidence& evidence) {
    if (response) return evidence.summary();
    const auto& row = info(response.error().code);
    return std::string(row.name) + "=" + std::string(to_string(row.basis));
}

}  // namespace

HttpResponse to_response(Expected<HttpResponse, ApiError> response, const Evidence& evidence, const Switches& switches,
                         std::string_view target) {
    if (switches.is(SwitchId::kFidelityStrict, "on"))
        if (auto assumed = assumed_part(response, evidence); !assumed.empty())
            response = unexpected(ApiError{ErrorCode::kFidelityStrict, {std::move(assumed)}});
    std::vector<Header> extra;
    if (switches.is(SwitchId::kFidelityHeader, "on"))
        extra.emplace_back("Engage-Emulator-Fidelity", summary_of(response, evidence));
    auto sent = response ? std::move(*response) : to_response(response.error(), target);
    sent.headers.insert(sent.headers.end(), extra.begin(), extra.end());
    return sent;
}

}  // namespace engage::server
