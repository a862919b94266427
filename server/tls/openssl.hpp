#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace engage::server::tls {

struct FreeOpenssl {
    void operator()(BIO* bio) const { BIO_free_all(bio); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* session) const { SSL_free(session); }
};
template <class Object>
using Openssl = std::unique_ptr<Object, FreeOpenssl>;

/// The newest error of this thread's queue, which is emptied; one line.
std::string openssl_error();

}  // namespace engage::server::tls
