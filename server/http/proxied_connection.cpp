#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "server/http/connection.hpp"

namespace engage::server {

void Connection::encrypt(const TlsContext& context) {
    ::fcntl(socket_, F_SETFL, ::fcntl(socket_, F_GETFL) | O_NONBLOCK);
    channel_ = std::make_unique<TlsChannel>(socket_, context);
}

void Connection::split_target() {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!target_.starts_with(scheme)) continue;
        wants_encryption_ = scheme == "https://";
        const auto end = std::min(target_.find_first_of("/?", scheme.size()), target_.size());
        authority_ = target_.substr(scheme.size(), end - scheme.size());
        target_.erase(0, end);
        if (!target_.starts_with('/')) target_.insert(0, 1, '/');
        return;
    }
}

void Connection::refuse_foreign_authority() {
    constexpr int kAnyPort = 1;
    const auto to = parse_authority(authority_, kAnyPort);
    if (!authority_.empty() && (!to || !(is_mixpanel(to->host) || is_loopback(to->host))))
        refuse(RequestFault::kForeignHost);
}

bool Connection::pass_proxy(std::string_view method) {
    const bool is_tunnel = method == "CONNECT";
    if (is_tunnel)
        authority_ = target_;
    else
        split_target();
    if (authority_.empty()) return refuse(RequestFault::kNotForProxy), true;
    constexpr int kHttp = 80;
    const auto to = parse_authority(authority_, kHttp);
    const auto verdict = to ? proxy_->of(to->host) : ProxyPolicy::Verdict::kRefused;
    if (verdict == ProxyPolicy::Verdict::kRefused) return refuse(RequestFault::kForeignHost), true;
    if (verdict == ProxyPolicy::Verdict::kAllowed) return forward(method, *to);
    return is_tunnel ? open_tunnel() : true;
}

bool Connection::skip_head() {
    bool is_line_empty = true;
    for (std::size_t bytes = 0; bytes < limits_.head_bytes; ++bytes) {
        if (consumed_ == input_.size() && !fill(limits_.io_timeout)) return false;
        const char read = input_[consumed_++];
        if (read == '\n' && is_line_empty) return true;
        if (read != '\r') is_line_empty = read == '\n';
    }
    return false;
}

constexpr std::string_view kEstablished = "HTTP/1.1 200 Connection established\r\n\r\n";

bool Connection::open_tunnel() {
    constexpr int kHttps = 443;
    const bool is_encrypted = parse_authority(authority_, kHttps)->port == kHttps;
    // What a client sends before it is told to would be mixed up with what it encrypts.
    if (!skip_head() || consumed_ != input_.size() || !send_all(kEstablished, {})) return false;
    if (is_encrypted) encrypt(proxy_->tls());
    proxy_ = nullptr;
    return await_request();
}

bool Connection::forward(std::string_view method, const Authority& to) {
    // Some clients leave the encryption to the proxy; what they meant to be secret must not go out plain.
    if (wants_encryption_) return refuse(RequestFault::kUnreachableHost), true;
    const auto upstream = connect_to(to, limits_.io_timeout);
    if (!upstream) return refuse(RequestFault::kUnreachableHost), true;
    std::string first;
    if (method != "CONNECT") {
        // One request only: the next one may be for another host.
        first.append(method).append(" ").append(target_).append(" HTTP/1.1\r\nConnection: close\r\n");
    } else if (!skip_head() || !send_all(kEstablished, {})) {
        ::close(*upstream);
        return false;
    }
    first.append(input_, consumed_);
    relay(socket_, *upstream, stop_event_, std::move(first));
    return false;
}

}  // namespace engage::server
