#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "expr/expected.hpp"
#include "server/http/authority.hpp"
#include "server/http/channel.hpp"

namespace engage::server::http {

/// What a proxy port does with the hosts that clients ask it for. Immutable; shared by connections.
class ProxyPolicy {
public:
    enum class Verdict : unsigned char { kEmulated, kAllowed, kRefused };

    /// `allowed` are what `allowed_host` gave.
    ProxyPolicy(std::shared_ptr<const ChannelFactory> tls, std::vector<std::string> allowed)
        : tls_(std::move(tls)), allowed_(std::move(allowed)) {}

    Verdict of(std::string_view host) const;
    /// For what is tunnelled to port 443 of an emulated host.
    const ChannelFactory& tls() const { return *tls_; }

private:
    std::shared_ptr<const ChannelFactory> tls_;
    std::vector<std::string> allowed_;
};

/// A host or `*.domain` as a policy compares it. The error says why a policy would never meet it.
Expected<std::string, std::string> allowed_host(std::string_view text);

/// Opens a connection to a host that is let through; each of its addresses has `timeout` to answer. The error says why
/// there is none.
Expected<int, std::string> connect_to(const Authority& to, std::chrono::milliseconds timeout);

}  // namespace engage::server::http
