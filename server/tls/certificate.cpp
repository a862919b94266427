#include "server/tls/certificate.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <cerrno>
#include <cstring>

namespace engage::server::tls {

namespace {

using Failure = std::string;

Expected<Openssl<BIO>, Failure> open_file(const std::string& path) {
    errno = 0;
    Openssl<BIO> file(BIO_new_file(path.c_str(), "r"));
    if (file) return file;
    ERR_clear_error();
    return unexpected(path + ": cannot be read: " + std::strerror(errno));
}

/// A key with a passphrase would ask for it on the terminal.
int no_passphrase(char*, int, int, void*) { return 0; }

/// By the machine's time; empty if there is none.
std::string problem_of_time(const X509* certificate) {
    if (X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0) return "the certificate is not valid yet";
    if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0) return "the certificate has expired";
    return {};
}

}  // namespace

std::string openssl_error() {
    const auto code = ERR_peek_last_error();
    ERR_clear_error();
    const auto* reason = ERR_reason_error_string(code);
    return reason != nullptr ? reason : "unknown error";
}

Expected<Certificate, std::string> read_certificate(const std::string& certificate_file, const std::string& key_file) {
    Certificate read;
    const auto certificates = open_file(certificate_file);
    if (!certificates) return unexpected(certificates.error());
    read.certificate.reset(PEM_read_bio_X509(certificates->get(), nullptr, no_passphrase, nullptr));
    if (!read.certificate) return unexpected(certificate_file + ": expected a certificate in PEM: " + openssl_error());
    while (auto* next = PEM_read_bio_X509(certificates->get(), nullptr, no_passphrase, nullptr))
        read.chain.emplace_back(next);
    ERR_clear_error();  // The end of the file is an error to the library.

    const auto keys = open_file(key_file);
    if (!keys) return unexpected(keys.error());
    read.key.reset(PEM_read_bio_PrivateKey(keys->get(), nullptr, no_passphrase, nullptr));
    if (!read.key)
        return unexpected(key_file + ": expected a private key in PEM without a passphrase: " + openssl_error());
    if (X509_check_private_key(read.certificate.get(), read.key.get()) != 1) {
        ERR_clear_error();
        return unexpected(key_file + ": the key belongs to another certificate than " + certificate_file);
    }
    if (const auto problem = problem_of_time(read.certificate.get()); !problem.empty())
        return unexpected(certificate_file + ": " + problem);
    return read;
}

}  // namespace engage::server::tls
