#include "server/http/headers.hpp"

namespace engage::server {

std::vector<Header> api_headers() {
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

std::vector<Header> preflight_headers() {
    auto headers = api_headers();
    std::erase_if(headers, [](const Header& header) { return header.first == "Content-Type"; });
    headers.emplace_back("Allow", "GET, POST, OPTIONS");
    return headers;
}

std::vector<Header> error_headers(ErrorCode code) {
    switch (code) {
        case ErrorCode::kBadControlRequest:
        case ErrorCode::kUnknownControlEndpoint:
        case ErrorCode::kNotReady:
        case ErrorCode::kForeignHost:
        case ErrorCode::kUnreachableHost:
        case ErrorCode::kNotForProxy:
        case ErrorCode::kForeignOrigin:
        case ErrorCode::kForeignControlHost:
        case ErrorCode::kControlToken:
        case ErrorCode::kUnknownPath:
        case ErrorCode::kMalformedRequest:
            return control_headers();
        case ErrorCode::kUnauthorized:
        case ErrorCode::kNotAMember: {
            auto headers = api_headers();
            headers.emplace_back("WWW-Authenticate", "Basic realm=\"mixpanel-api\", Bearer realm=\"mixpanel-api\"");
            return headers;
        }
        default:
            return api_headers();
    }
}

std::vector<Header> control_headers() { return {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}; }

}  // namespace engage::server
