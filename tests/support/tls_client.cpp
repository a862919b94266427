#include "tests/support/tls_client.hpp"

#include <openssl/err.h>

#include <array>
#include <stdexcept>

namespace engage::test {

namespace {

[[noreturn]] void fail_tls(const std::string& what) {
    throw std::runtime_error("TLS client: " + what + ": " + server::tls::openssl_error());
}

}  // namespace

TlsClient::TlsClient(SocketClient connection, const TlsTrust& trust)
    : connection_(std::move(connection)), context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    if (SSL_CTX_load_verify_locations(context_.get(), trust.ca_file.c_str(), nullptr) != 1) fail_tls(trust.ca_file);
    session_.reset(SSL_new(context_.get()));
    const auto* protocols = reinterpret_cast<const unsigned char*>(trust.protocols.data());
    SSL_set_alpn_protos(session_.get(), protocols, static_cast<unsigned>(trust.protocols.size()));
    SSL_set_tlsext_host_name(session_.get(), trust.host.c_str());
    SSL_set1_host(session_.get(), trust.host.c_str());
    SSL_set_fd(session_.get(), connection_.make_blocking());
    if (SSL_connect(session_.get()) != 1) fail_tls("handshake");
}

void TlsClient::send(std::string_view bytes) {
    if (SSL_write(session_.get(), bytes.data(), static_cast<int>(bytes.size())) <= 0) fail_tls("send");
}

bool TlsClient::take_in() {
    std::array<char, 16 * 1024> buffer{};
    const int got = SSL_read(session_.get(), buffer.data(), static_cast<int>(buffer.size()));
    if (got > 0) input_.append(buffer.data(), static_cast<std::size_t>(got));
    if (got <= 0 && SSL_get_error(session_.get(), got) != SSL_ERROR_ZERO_RETURN) fail_tls("receive");
    return got > 0;
}

std::string TlsClient::receive_until(std::string_view end) {
    auto found = input_.find(end);
    while (found == std::string::npos) {
        if (!take_in()) throw std::runtime_error("TLS client: closed after \"" + input_.substr(0, 200) + "\"");
        found = input_.find(end);
    }
    auto text = input_.substr(0, found + end.size());
    input_.erase(0, text.size());
    return text;
}

std::string TlsClient::receive_to_end() {
    while (take_in()) continue;
    return std::exchange(input_, {});
}

std::string TlsClient::protocol() const {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(session_.get(), &name, &size);
    return {reinterpret_cast<const char*>(name), size};
}

}  // namespace engage::test
