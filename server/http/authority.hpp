#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace engage::server::http {

/// `mixpanel.com:443`, `[::1]:80`.
struct Authority {
    std::string host;  ///< Lower case, an IPv6 address without its brackets.
    int port = 0;
};

/// The error is nothing: the text is no host, or a host with a port that is none.
std::optional<Authority> parse_authority(std::string_view text, int default_port);

/// The host of an authority, whatever its port. Empty when it is none.
std::string host_of(std::string_view authority);

/// `mixpanel.com` and the names directly below it: those that our certificate is for.
bool is_mixpanel(std::string_view host);
bool is_loopback(std::string_view host);
/// Names under which the emulator itself is asked.
inline bool is_ours(std::string_view host) { return is_mixpanel(host) || is_loopback(host); }
/// Whether `host` is a name below `domain`.
bool is_below(std::string_view host, std::string_view domain);

}  // namespace engage::server::http
