#include "server/http/evident_response.hpp"
#include "server/catalogue/errors/emulator.hpp"
#include "server/catalogue/switches/fidelity.hpp"
#include "server/http/error_response.hpp"

namespace engage::server::http {

namespace {

/// What strict mode has against an answer, empty if nothing.
std::string assumed_part(const Expected<HttpResponse, catalogue::ApiError>& response,
                         const catalogue::Readings& readings) {
    if (response) return readings.assumed();
    const auto& row = response.error().info();
    return row.basis == catalogue::Basis::kAssumed ? std::string(row.name) : std::string{};
}

/// What the answer rests on; an error rests on its own row.
std::string summary_of(const Expected<HttpResponse, catalogue::ApiError>& response,
                       const catalogue::Readings& readings) {
    if (response) return readings.summary();
    const auto& row = response.error().info();
    return std::string(row.name) + "=" + std::string(catalogue::to_string(row.basis));
}

}  // namespace

Expected<HttpResponse, catalogue::ApiError> held_to_evidence(Expected<HttpResponse, catalogue::ApiError> response,
                                                             const catalogue::Readings& readings) {
    if (readings.switches().choice(catalogue::switches::kFidelityStrict) == catalogue::switches::FidelityStrict::kOn)
        if (auto assumed = assumed_part(response, readings); !assumed.empty())
            return unexpected(catalogue::ApiError{catalogue::errors::kFidelityStrict, {std::move(assumed)}});
    return response;
}

HttpResponse to_response(Expected<HttpResponse, catalogue::ApiError> response, const catalogue::Readings& readings,
                         std::string_view target) {
    std::vector<catalogue::Header> extra;
    if (readings.switches().choice(catalogue::switches::kFidelityHeader) == catalogue::switches::FidelityHeader::kOn)
        extra.emplace_back("Engage-Emulator-Fidelity", summary_of(response, readings));
    auto sent = response ? std::move(*response) : to_response(response.error(), target);
    sent.headers.insert(sent.headers.end(), extra.begin(), extra.end());
    return sent;
}

}  // namespace engage::server::http
