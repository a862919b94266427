#include "server/http/headers.hpp"

#include "server/catalogue/errors/access.hpp"

namespace engage::server::http {

namespace {

using Headers = std::vector<catalogue::Header>;

/// What all answers have, those of the App API with another `Vary`.
Headers headers_of_service(const char* vary) {
    return {{"Server", "nginx"},
            {"Content-Type", "application/json"},
            {"Vary", vary},
            {"Via", "1.1 google"},
            {"Alt-Svc", "clear"}};
}

Headers refusals_of_query_api() {
    auto headers = headers_of_service("Accept-Encoding");
    headers.emplace_back("Cache-Control", "no-cache, no-store");
    return headers;
}

Headers refusals_of_app_api() { return headers_of_service("Accept-Encoding, Authorization, Cookie, origin"); }

void add_policies(Headers& headers) {
    headers.emplace_back("Referrer-Policy", "strict-origin-when-cross-origin");
    headers.emplace_back("Permissions-Policy", "autoplay=*, fullscreen=*, web-share=*");
}

}  // namespace

Headers query_headers() {
    auto headers = refusals_of_query_api();
    add_policies(headers);
    headers.emplace_back("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
    headers.emplace_back("Access-Control-Allow-Headers",
                         "X-PINGOTHER,Content-Type,MaxDataServiceVersion,DataServiceVersion,Authorization,"
                         "X-Requested-With,If-Modified-Since,x-query-api-python");
    return headers;
}

Headers app_headers() {
    auto headers = refusals_of_app_api();
    add_policies(headers);
    return headers;
}

Headers preflight_headers() {
    auto headers = query_headers();
    std::erase_if(headers, [](const catalogue::Header& header) { return header.first == "Content-Type"; });
    headers.emplace_back("Allow", "GET, POST, OPTIONS");
    return headers;
}

bool is_of_emulator(const catalogue::ErrorInfo& row) {
    return row.basis == catalogue::Basis::kOwn && row.envelope == catalogue::Envelope::kErrorOnly;
}

Headers error_headers(const catalogue::ErrorInfo& row, catalogue::Envelope envelope) {
    if (is_of_emulator(row)) return control_headers();
    if (envelope == catalogue::Envelope::kErrorAndStatus) return refusals_of_app_api();
    auto headers = refusals_of_query_api();
    if (&row == &catalogue::errors::kUnauthorized || &row == &catalogue::errors::kNotAMember)
        headers.emplace_back("WWW-Authenticate", "Basic realm=\"mixpanel-api\", Bearer realm=\"mixpanel-api\"");
    return headers;
}

std::vector<catalogue::Header> control_headers() {
    return {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}};
}

}  // namespace engage::server::http
