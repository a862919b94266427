#include "server/http/proxy.hpp"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace engage::server::http {

namespace {

timeval as_timeval(std::chrono::milliseconds time) {
    const auto whole = std::chrono::floor<std::chrono::seconds>(time);
    return {whole.count(), std::chrono::microseconds(time - whole).count()};
}

}  // namespace

ProxyPolicy::Verdict ProxyPolicy::of(std::string_view host) const {
    if (is_mixpanel(host)) return Verdict::kEmulated;
    const bool is_allowed = std::any_of(allowed_.begin(), allowed_.end(), [&](std::string_view allowed) {
        return allowed.starts_with("*.") ? is_below(host, allowed.substr(2)) : host == allowed;
    });
    return is_allowed ? Verdict::kAllowed : Verdict::kRefused;
}

Expected<std::string, std::string> allowed_host(std::string_view text) {
    constexpr std::string_view kBelow = "*.";
    const bool is_below_domain = text.starts_with(kBelow);
    auto name = text.substr(is_below_domain ? kBelow.size() : 0);
    if (name.ends_with('.')) name.remove_suffix(1);
    const auto host = host_of(name);
    const bool is_ipv6 = host.find(':') != std::string::npos && !is_below_domain;
    // What is shorter than it was had a port.
    const bool is_whole = host.size() == name.size() || (is_ipv6 && host.size() + 2 == name.size());
    constexpr const char* kName = "abcdefghijklmnopqrstuvwxyz0123456789-_.";
    if (host.empty() || !is_whole || (!is_ipv6 && host.find_first_not_of(kName) != std::string::npos))
        return unexpected("expected a host or *.DOMAIN, without scheme and port, found \"" + std::string(text) + '"');
    if (is_mixpanel(host)) return unexpected(std::string(text) + ": the emulator answers for it itself");
    return (is_below_domain ? std::string(kBelow) : std::string()) + host;
}

Expected<int, std::string> connect_to(const Authority& to, std::chrono::milliseconds timeout) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(to.host.c_str(), std::to_string(to.port).c_str(), &wanted, &found); error != 0)
        return unexpected(std::string(::gai_strerror(error)));
    std::string reason = "no address";
    int connected = -1;
    for (const auto* address = found; address != nullptr; address = address->ai_next) {
        const int tried = ::socket(address->ai_family, address->ai_socktype | SOCK_CLOEXEC, address->ai_protocol);
        if (tried >= 0) {
            // Linux lets connect() wait as long as the first send().
            const auto patience = as_timeval(timeout);
            ::setsockopt(tried, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
            if (::connect(tried, address->ai_addr, address->ai_addrlen) == 0) connected = tried;
        }
        if (connected >= 0) break;
        reason = std::strerror(errno);
        if (tried >= 0) ::close(tried);
    }
    ::freeaddrinfo(found);
    if (connected < 0) return unexpected(reason);
    return connected;
}

}  // namespace engage::server::http
