#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "server/http/connection.hpp"
#include "server/http/forwarded_head.hpp"
#include "server/http/relay.hpp"

namespace engage::server::http {

namespace {

/// A password must not get into errors and reports.
std::string_view without_user(std::string_view authority) {
    return authority.substr(authority.rfind('@') + 1);  // npos + 1 is the start.
}

}  // namespace

void Connection::encrypt(const ChannelFactory& tls) {
    ::fcntl(socket_, F_SETFL, ::fcntl(socket_, F_GETFL) | O_NONBLOCK);
    channel_ = tls.open(socket_);
}

void Connection::split_target() {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!equal_ignoring_case(std::string_view(target_).substr(0, scheme.size()), scheme)) continue;
        wants_encryption_ = scheme == "https://";
        const auto end = std::min(target_.find_first_of("/?", scheme.size()), target_.size());
        authority_ = without_user(std::string_view(target_).substr(scheme.size(), end - scheme.size()));
        target_.erase(0, end);
        if (!target_.starts_with('/')) target_.insert(0, 1, '/');
        return;
    }
}

void Connection::refuse_foreign_authority() {
    if (!authority_.empty() && !is_ours(host_of(authority_))) refuse(RequestFault::kForeignHost);
}

bool Connection::pass_proxy(std::string_view method) {
    const bool is_tunnel = method == "CONNECT";
    if (is_tunnel)
        authority_ = without_user(target_);
    else
        split_target();
    if (authority_.empty()) return refuse(RequestFault::kNotForProxy);
    constexpr int kHttp = 80;
    const auto to = parse_authority(authority_, kHttp);
    const auto verdict = to ? proxy_->of(to->host) : ProxyPolicy::Verdict::kRefused;
    if (verdict == ProxyPolicy::Verdict::kRefused) return refuse(RequestFault::kForeignHost);
    if (verdict == ProxyPolicy::Verdict::kAllowed) return is_tunnel ? open_foreign_tunnel(*to) : forward(method, *to);
    return is_tunnel ? open_tunnel() : true;
}

std::optional<std::string> Connection::take_head() {
    std::string head;
    bool is_line_empty = true;
    while (head.size() < limits_.head_bytes) {
        if (consumed_ == input_.size() && !fill(limits_.io_timeout)) return std::nullopt;
        const char read = input_[consumed_++];
        head += read;
        if (read == '\n' && is_line_empty) return head;
        if (read != '\r') is_line_empty = read == '\n';
    }
    return std::nullopt;
}

constexpr std::string_view kEstablished = "HTTP/1.1 200 Connection established\r\n\r\n";

bool Connection::open_tunnel() {
    // What a client sends before it is told to would be mixed up with what it encrypts.
    if (!take_head() || consumed_ != input_.size() || !send_all(kEstablished, {})) return false;
    if (wait_readable(limits_.idle_timeout) != Wait::kReady) return false;
    // The port does not tell: clients encrypt what they send to any port of an `https` URL.
    constexpr char kHandshake = 0x16;
    char first = 0;
    if (::recv(socket_, &first, 1, MSG_PEEK | MSG_DONTWAIT) == 1 && first == kHandshake) encrypt(proxy_->tls());
    proxy_ = nullptr;
    return await_request();
}

bool Connection::open_foreign_tunnel(const Authority& to) {
    const auto upstream = connect_to(to, limits_.io_timeout);
    if (!upstream) return refuse(RequestFault::kUnreachableHost);
    if (take_head() && send_all(kEstablished, {}))
        relay_tunnel(socket_, *upstream, stop_event_, input_.substr(consumed_));
    else
        ::close(*upstream);
    return false;
}

bool Connection::refuse(RequestFault fault, std::string_view head) {
    input_.replace(0, consumed_, head);
    consumed_ = 0;
    return refuse(fault);
}

bool Connection::forward(std::string_view method, const Authority& to) {
    // Some clients leave the encryption to the proxy; what they meant to be secret must not go out plain.
    if (wants_encryption_) return refuse(RequestFault::kUnreachableHost);
    const auto head = take_head();
    if (!head) return false;
    auto headers = parse_header_lines(*head);
    if (!headers) return refuse(RequestFault::kMalformed, *head);
    HttpRequest request{.method = {}, .target = {}, .headers = std::move(*headers), .body = {}};
    const auto framing = framing_of(request);
    if (!framing) return refuse(framing.error(), *head);
    // Two lengths would leave the choice to the next reader, and two hosts, too.
    std::erase_if(request.headers, [&](const catalogue::Header& header) {
        return equal_ignoring_case(header.first, "Host") ||
               (framing->is_chunked && equal_ignoring_case(header.first, "Content-Length"));
    });
    request.headers.emplace_back("Host", authority_);
    const auto upstream = connect_to(to, limits_.io_timeout);
    if (!upstream) return refuse(RequestFault::kUnreachableHost, *head);
    const auto first_line = std::string(method).append(" ").append(target_).append(" HTTP/1.1");
    relay_request(socket_, *upstream, stop_event_, forwarded_head(first_line, request.headers), BodyReader(*framing),
                  input_.substr(consumed_));
    discard_input();
    return false;
}

}  // namespace engage::server::http
