#include "server/http/authority.hpp"

#include <algorithm>
#include <cctype>

#include "expr/text/parse_whole.hpp"

namespace engage::server::http {

namespace {

constexpr int kMostPort = 65535;

}  // namespace

std::optional<Authority> parse_authority(std::string_view text, int default_port) {
    Authority parsed{.host = {}, .port = default_port};
    std::string_view port;
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        parsed.host = text.substr(1, end - 1);
        port = text.substr(end + 1);
    } else {
        const auto colon = std::min(text.find(':'), text.size());
        parsed.host = text.substr(0, colon);
        port = text.substr(colon);
    }
    std::transform(parsed.host.begin(), parsed.host.end(), parsed.host.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (parsed.host.ends_with('.')) parsed.host.pop_back();
    const bool is_host = !parsed.host.empty() && parsed.host.find_first_of(" \t/@?#") == std::string::npos;
    if (!is_host || (!port.empty() && port.front() != ':')) return std::nullopt;
    if (port.size() <= 1) return parsed;
    port.remove_prefix(1);
    parsed.port = expr::text::parse_whole<int>(port).value_or(0);
    if (parsed.port < 1 || parsed.port > kMostPort) return std::nullopt;
    return parsed;
}

std::string host_of(std::string_view authority) {
    constexpr int kAnyPort = 1;
    auto parsed = parse_authority(authority, kAnyPort);
    return parsed ? std::move(parsed->host) : std::string();
}

bool is_mixpanel(std::string_view host) {
    constexpr std::string_view kDomain = "mixpanel.com";
    return host == kDomain || (is_below(host, kDomain) && host.find('.') == host.size() - kDomain.size() - 1);
}

bool is_loopback(std::string_view host) {
    return host == "localhost" || is_below(host, "localhost") || host == "::1" ||
           (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

bool is_below(std::string_view host, std::string_view domain) {
    return host.size() > domain.size() && host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.';
}

}  // namespace engage::server::http
