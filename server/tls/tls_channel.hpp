#pragma once

#include "server/http/channel.hpp"
#include "server/tls/certificate.hpp"

namespace engage::server::tls {

/// What all encrypted connections of a port share: the certificate and the rules. TLS 1.2 and newer, HTTP/1.1 only.
/// Thread-safe.
class TlsContext final : public http::ChannelFactory {
public:
    static Expected<TlsContext, std::string> with(const Certificate& certificate);
    std::unique_ptr<http::Channel> open(int socket) const override;

private:
    friend class TlsChannel;
    explicit TlsContext(Openssl<SSL_CTX> context) : context_(std::move(context)) {}
    Openssl<SSL_CTX> context_;
};

/// The server's side of an encrypted connection over a socket, which it does not own and which must not block. The
/// handshake is part of the first call.
class TlsChannel final : public http::Channel {
public:
    TlsChannel(int socket, const TlsContext& context);

    Moved receive(char* data, std::size_t size) override;
    Moved send(std::string_view head, std::string_view body) override;
    bool has_received() const override;
    void end_sending() override;

private:
    Moved failed(int result);

    int socket_;
    Openssl<SSL> session_;
    bool is_broken_ = false;
};

}  // namespace engage::server::tls
