#include "tests/support/request_builder.hpp"

#include <cctype>
#include <chrono>
#include <stdexcept>

namespace engage::test {

std::string percent_encode(std::string_view text) {
    constexpr const char* kDigits = "0123456789ABCDEF";
    std::string out;
    for (const unsigned char c : text) {
        if (std::isalnum(c) || std::string_view("-_.~").find(static_cast<char>(c)) != std::string_view::npos)
            out += static_cast<char>(c);
        else
            (out += '%') += {kDigits[c >> 4], kDigits[c & 15]};
    }
    return out;
}

std::string basic(std::string_view credentials) {
    constexpr const char* kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < credentials.size(); i += 3) {
        const auto byte = [&](std::size_t k) {
            return i + k < credentials.size() ? static_cast<unsigned char>(credentials[i + k]) : 0U;
        };
        const auto bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        out += kAlphabet[bits >> 18];
        out += kAlphabet[bits >> 12 & 63];
        out += i + 1 < credentials.size() ? kAlphabet[bits >> 6 & 63] : '=';
        out += i + 2 < credentials.size() ? kAlphabet[bits & 63] : '=';
    }
    return "Basic " + out;
}

server::http::HttpRequest engage_request(const Form& form, std::string target) {
    server::http::HttpRequest request{
        .method = "POST", .target = std::move(target), .headers = {{"Authorization", basic("sa:secret")}}, .body = {}};
    for (const auto& [name, value] : form)
        request.body += (request.body.empty() ? "" : "&") + name + "=" + percent_encode(value);
    return request;
}

server::catalogue::Settings unlimited_settings(const std::string& assignment) {
    server::catalogue::Settings settings;
    if (!settings.switches.set(assignment)) throw std::runtime_error("no switch takes " + assignment);
    settings.rate_limited = false;
    settings.clock = server::time::TimePoint(std::chrono::hours(24 * 20'000));
    return settings;
}

}  // namespace engage::test
