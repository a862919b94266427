#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace engage::server {

/// `mixpanel.com:443`, `[::1]:80`.
struct Authority {
    std::string host;  ///< Lower case, an IPv6 address without its brackets.
    int port = 0;
};

/// The error is nothing: the text is no host, or a host with a port that is none.
std::optional<Authority> parse_authority(std::string_view text, int default_port);

/// `mixpanel.com` and everything below it.
bool is_mixpanel(std::string_view host);
bool is_loopback(std::string_view host);
/// Whether `host` is a name below `domain`.
bool is_below(std::string_view host, std::string_view domain);

}  // namespace engage::server
