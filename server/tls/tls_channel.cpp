#include "server/tls/tls_channel.hpp"

#include <openssl/err.h>
#include <sys/socket.h>

#include <algorithm>
#include <climits>

namespace engage::server::tls {

namespace {

/// A client that offers HTTP/2 as well has to be told that it does not get it; one that offers nothing else, too.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
    static constexpr unsigned char kSpoken[] = "\x08http/1.1\x08http/1.0";
    auto* selected = const_cast<unsigned char**>(chosen);
    const int found = SSL_select_next_proto(selected, chosen_size, kSpoken, sizeof kSpoken - 1, offered, offered_size);
    return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

int as_size(std::size_t size) { return static_cast<int>(std::min<std::size_t>(size, INT_MAX)); }

}  // namespace

Expected<TlsContext, std::string> TlsContext::with(const Certificate& certificate) {
    Openssl<SSL_CTX> context(SSL_CTX_new(TLS_server_method()));
    if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1 ||
        SSL_CTX_use_certificate(context.get(), certificate.certificate.get()) != 1 ||
        SSL_CTX_use_PrivateKey(context.get(), certificate.key.get()) != 1)
        return unexpected("TLS: the certificate cannot be used: " + openssl_error());
    for (const auto& link : certificate.chain)
        if (SSL_CTX_add1_chain_cert(context.get(), link.get()) != 1)
            return unexpected("TLS: the certificate's chain cannot be used: " + openssl_error());
    // An answer goes out in as many calls as the client reads.
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, nullptr);
    return TlsContext(std::move(context));
}

std::unique_ptr<http::Channel> TlsContext::open(int socket) const {
    return std::make_unique<TlsChannel>(socket, *this);
}

TlsChannel::TlsChannel(int socket, const TlsContext& context)
    : socket_(socket), session_(SSL_new(context.context_.get())) {
    is_broken_ = !session_ || SSL_set_fd(session_.get(), socket) != 1;
    if (!is_broken_) SSL_set_accept_state(session_.get());
}

http::Channel::Moved TlsChannel::failed(int result) {
    const int error = SSL_get_error(session_.get(), result);
    ERR_clear_error();
    if (error == SSL_ERROR_WANT_READ) return {.need = Need::kReadable};
    if (error == SSL_ERROR_WANT_WRITE) return {.need = Need::kWritable};
    is_broken_ = true;
    return {};
}

http::Channel::Moved TlsChannel::receive(char* data, std::size_t size) {
    if (is_broken_) return {};
    const int got = SSL_read(session_.get(), data, as_size(size));
    return got > 0 ? Moved{.bytes = static_cast<std::size_t>(got)} : failed(got);
}

http::Channel::Moved TlsChannel::send(std::string_view head, std::string_view body) {
    if (is_broken_) return {};
    const auto piece = head.empty() ? body : head;
    const int sent = SSL_write(session_.get(), piece.data(), as_size(piece.size()));
    return sent > 0 ? Moved{.bytes = static_cast<std::size_t>(sent)} : failed(sent);
}

bool TlsChannel::has_received() const { return !is_broken_ && SSL_pending(session_.get()) > 0; }

void TlsChannel::end_sending() {
    if (!is_broken_) SSL_shutdown(session_.get());
    ERR_clear_error();
    ::shutdown(socket_, SHUT_WR);
}

}  // namespace engage::server::tls
