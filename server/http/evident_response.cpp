#include "server/http/evident_response.hpp"
#include "server/http/error_response.hpp"

namespace engage::server::http {

namespace {

/// What strict mode has against an answer, empty if nothing.
std::string assumed_part(const Expected<HttpResponse, catalogue::ApiError>& response,
                         const catalogue::Evidence& evidence) {
    if (response) return evidence.assumed();
    const auto& row = catalogue::info(response.error().code);
    return row.basis == catalogue::Basis::kAssumed ? std::string(row.name) : std::string{};
}

/// What the answer rests on; an error rests on its own row.
std::string summary_of(const Expected<HttpResponse, catalogue::ApiError>& response,
                       const catalogue::Evidence& evidence) {
    if (response) return evidence.summary();
    const auto& row = catalogue::info(response.error().code);
    return std::string(row.name) + "=" + std::string(catalogue::to_string(row.basis));
}

}  // namespace

HttpResponse to_response(Expected<HttpResponse, catalogue::ApiError> response, const catalogue::Evidence& evidence,
                         const catalogue::Switches& switches, std::string_view target) {
    if (switches.is(catalogue::SwitchId::kFidelityStrict, "on"))
        if (auto assumed = assumed_part(response, evidence); !assumed.empty())
            response = unexpected(catalogue::ApiError{catalogue::ErrorCode::kFidelityStrict, {std::move(assumed)}});
    std::vector<catalogue::Header> extra;
    if (switches.is(catalogue::SwitchId::kFidelityHeader, "on"))
        extra.emplace_back("Engage-Emulator-Fidelity", summary_of(response, evidence));
    auto sent = response ? std::move(*response) : to_response(response.error(), target);
    sent.headers.insert(sent.headers.end(), extra.begin(), extra.end());
    return sent;
}

}  // namespace engage::server::http
