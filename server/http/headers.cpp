#include "server/http/headers.hpp"
#include "server/catalogue/errors/access.hpp"

namespace engage::server::http {

std::vector<catalogue::Header> api_headers() {
    return {
        {"Server", "nginx"},
        {"Content-Type", "application/json"},
        {"Vary", "Accept-Encoding"},
        {"Cache-Control", "no-cache, no-store"},
        {"Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload"},
        {"Referrer-Policy", "strict-origin-when-cross-origin"},
        {"Permissions-Policy", "autoplay=*, fullscreen=*, web-share=*"},
        {"Access-Control-Allow-Origin", "*"},
        {"Access-Control-Allow-Methods", "GET, POST, OPTIONS"},
        {"Access-Control-Allow-Headers",
         "X-PINGOTHER,Content-Type,MaxDataServiceVersion,DataServiceVersion,Authorization,X-Requested-With,If-Modified-"
         "Since,"
         "x-query-api-python"},
        {"Via", "1.1 google"},
        {"Alt-Svc", "clear"},
    };
}

std::vector<catalogue::Header> preflight_headers() {
    auto headers = api_headers();
    std::erase_if(headers, [](const catalogue::Header& header) { return header.first == "Content-Type"; });
    headers.emplace_back("Allow", "GET, POST, OPTIONS");
    return headers;
}

std::vector<catalogue::Header> error_headers(const catalogue::ErrorInfo& row) {
    // Pages of any origin may read what Mixpanel says, but not what the emulator says of itself.
    if (row.basis == catalogue::Basis::kOwn && row.envelope == catalogue::Envelope::kErrorOnly)
        return control_headers();
    auto headers = api_headers();
    if (&row == &catalogue::errors::kUnauthorized || &row == &catalogue::errors::kNotAMember)
        headers.emplace_back("WWW-Authenticate", "Basic realm=\"mixpanel-api\", Bearer realm=\"mixpanel-api\"");
    return headers;
}

std::vector<catalogue::Header> control_headers() {
    return {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}};
}

}  // namespace engage::server::http
