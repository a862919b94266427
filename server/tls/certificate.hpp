#pragma once

#include <string>
#include <vector>

#include "expr/expected.hpp"
#include "server/tls/openssl.hpp"

namespace engage::server::tls {

/// A certificate, its key, and the certificates that lead to its issuer.
struct Certificate {
    Openssl<X509> certificate;
    Openssl<EVP_PKEY> key;
    std::vector<Openssl<X509>> chain;
};

/// Reads PEM files, of which the first may hold a chain. The error names the file and says what was expected; so it
/// does for a certificate that is no longer or not yet valid, and for a key that belongs to another one.
Expected<Certificate, std::string> read_certificate(const std::string& certificate_file, const std::string& key_file);

}  // namespace engage::server::tls
