#pragma once

#include <string>
#include <string_view>

#include "server/tls/openssl.hpp"
#include "tests/support/socket_client.hpp"

namespace engage::test {

/// Whom a client trusts and what it offers.
struct TlsTrust {
    std::string ca_file;                           ///< The only authority.
    std::string host = "mixpanel.com";             ///< Whose certificate it expects.
    std::string protocols = "\x02h2\x08http/1.1";  ///< Each with its length before it.
};

/// The client's side of an encrypted connection. What goes wrong throws std::runtime_error with OpenSSL's reason.
class TlsClient {
public:
    /// Shakes hands over a connection that is there.
    TlsClient(SocketClient connection, const TlsTrust& trust);

    void send(std::string_view bytes);
    /// What comes up to and with `end`.
    std::string receive_until(std::string_view end);
    /// Everything until the server says that it has said all. One that goes without a word throws.
    std::string receive_to_end();
    /// What both sides agreed to speak.
    std::string protocol() const;

private:
    /// False at the end that the server announced.
    bool take_in();

    SocketClient connection_;
    server::tls::Openssl<SSL_CTX> context_;
    server::tls::Openssl<SSL> session_;
    std::string input_;
};

}  // namespace engage::test
