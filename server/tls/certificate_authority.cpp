#include "server/tls/certificate_authority.hpp"

#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace engage::server::tls {

namespace {

constexpr long kDay = 24 * 60 * 60;
constexpr long kAuthorityDays = 730;
constexpr long kCertificateDays = 30;
constexpr const char* kName = "engage-emulator local CA";
// A name that holds for a domain holds for what is below it.
constexpr const char* kPermitted =
    "critical,permitted;DNS:mixpanel.com,permitted;DNS:localhost,permitted;IP:127.0.0.0/255.0.0.0,"
    "permitted;IP:::1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
constexpr const char* kNames = "DNS:mixpanel.com,DNS:*.mixpanel.com,DNS:localhost,IP:127.0.0.1,IP:::1";

std::string certificate_file_of(const std::string& folder) { return folder + "/ca.pem"; }
std::string key_file_of(const std::string& folder) { return folder + "/ca.key"; }
/// Under which a file is written until it is whole.
std::string unfinished(const std::string& path) { return path + ".new"; }

constexpr const char* kRemedy = "make a new one: engage-emulator ca --remove";

bool add_extension(X509* certificate, X509* issuer, int kind, const char* value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    auto* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
    const bool is_added = extension != nullptr && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return is_added;
}

bool set_serial(X509* certificate) {
    unsigned char bytes[16];
    if (RAND_bytes(bytes, sizeof bytes) != 1) return false;
    bytes[0] &= 0x7F;  // A serial number is not negative.
    auto* number = BN_bin2bn(bytes, sizeof bytes, nullptr);
    const bool is_set = number != nullptr && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nullptr;
    BN_free(number);
    return is_set;
}

/// A new key and a certificate for it that lacks its extensions and signature.
Certificate draft(const char* common_name, X509* issuer, long days) {
    Certificate made;
    made.key.reset(EVP_EC_gen("P-256"));
    made.certificate.reset(X509_new());
    auto* certificate = made.certificate.get();
    if (!made.key || certificate == nullptr) return {};
    auto* name = X509_get_subject_name(certificate);
    constexpr long kVersion3 = 2;
    constexpr long kClocksDiffer = 60 * 60;
    const bool is_filled =
        X509_set_version(certificate, kVersion3) == 1 && set_serial(certificate) &&
        X509_gmtime_adj(X509_getm_notBefore(certificate), -kClocksDiffer) != nullptr &&
        X509_gmtime_adj(X509_getm_notAfter(certificate), days * kDay) != nullptr &&
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(common_name), -1,
                                   -1, 0) == 1 &&
        X509_set_issuer_name(certificate, X509_get_subject_name(issuer != nullptr ? issuer : certificate)) == 1 &&
        X509_set_pubkey(certificate, made.key.get()) == 1;
    return is_filled ? std::move(made) : Certificate{};
}

/// Appears under its name in one step, readable by nobody else from the start. The folder is locked: what is there
/// unfinished was left behind by a run that was killed.
template <class Write>
Expected<void, std::string> write_private(const std::string& path, Write write) {
    const auto half = unfinished(path);
    const auto fail = [&] { return unexpected("cannot write " + half + ": " + std::strerror(errno)); };
    ::unlink(half.c_str());
    const int file = ::open(half.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) return fail();
    Openssl<BIO> out(BIO_new_fd(file, BIO_CLOSE));
    const bool is_written = write(out.get()) == 1;
    out.reset();
    if (is_written && std::rename(half.c_str(), path.c_str()) == 0) return {};
    const auto error = fail();
    ::unlink(half.c_str());
    return error;
}

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

/// Held while the files are made, read or removed: runs side by side must not mix their keys and certificates.
class FolderLock {
public:
    explicit FolderLock(const std::string& folder)
        : folder_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
        if (folder_ >= 0) ::flock(folder_, LOCK_EX);
    }
    ~FolderLock() {
        if (folder_ >= 0) ::close(folder_);
    }
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

private:
    int folder_;
};

/// In a folder that is locked.
Expected<void, std::string> create(const std::string& folder) {
    auto authority = draft(kName, nullptr, kAuthorityDays);
    auto* certificate = authority.certificate.get();
    if (certificate == nullptr ||
        !add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") ||
        !add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign") ||
        !add_extension(certificate, certificate, NID_subject_key_identifier, "hash") ||
        !add_extension(certificate, certificate, NID_name_constraints, kPermitted) ||
        X509_sign(certificate, authority.key.get(), EVP_sha256()) == 0)
        return unexpected("cannot make a certificate: " + openssl_error());
    // The certificate is last: what it is found with is complete.
    return write_private(key_file_of(folder),
                         [&](BIO* out) {
                             return PEM_write_bio_PKCS8PrivateKey(out, authority.key.get(), nullptr, nullptr, 0,
                                                                  nullptr, nullptr);
                         })
        .and_then([&] {
            return write_private(certificate_file_of(folder),
                                 [&](BIO* out) { return PEM_write_bio_X509(out, certificate); });
        });
}

/// Why the key file must not be used, empty if it may.
std::string problem_of_key(const std::string& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) return path + ": cannot be read: " + std::strerror(errno) + "; " + kRemedy;
    if (info.st_uid != ::geteuid()) return path + ": belongs to another user";
    if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return path + ": others can read this key; chmod 600 it, or " + kRemedy;
    return {};
}

}  // namespace

Expected<std::string, std::string> CertificateAuthority::default_folder() {
    constexpr const char* kFolder = "/engage-emulator";
    const char* data = std::getenv("XDG_DATA_HOME");
    if (data != nullptr && *data == '/') return std::string(data) + kFolder;
    const char* home = std::getenv("HOME");
    if (home != nullptr && *home == '/') return std::string(home) + "/.local/share" + kFolder;
    return unexpected(std::string("no folder for the local CA: set HOME or XDG_DATA_HOME to an absolute path"));
}

Expected<CertificateAuthority, std::string> CertificateAuthority::open(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return unexpected("cannot create " + folder + ": " + error.message());
    const FolderLock lock(folder);
    const auto certificate_file = certificate_file_of(folder);
    if (!exists(certificate_file))
        if (auto created = create(folder); !created) return unexpected(std::move(created.error()));
    if (auto problem = problem_of_key(key_file_of(folder)); !problem.empty()) return unexpected(std::move(problem));
    auto authority = read_certificate(certificate_file, key_file_of(folder));
    if (!authority) return unexpected(authority.error() + "; " + kRemedy);
    // Clients would refuse all that it signs.
    if (X509_check_ca(authority->certificate.get()) != 1)
        return unexpected(certificate_file + ": the certificate is not one of a CA; " + kRemedy);
    return CertificateAuthority(std::move(*authority), certificate_file);
}

Expected<bool, std::string> CertificateAuthority::remove(const std::string& folder) {
    const FolderLock lock(folder);
    const auto certificate = certificate_file_of(folder);
    const auto key = key_file_of(folder);
    bool is_removed = false;
    for (const auto& path : {certificate, key, unfinished(certificate), unfinished(key)}) {
        if (::unlink(path.c_str()) == 0)
            is_removed = true;
        else if (errno != ENOENT)
            return unexpected("cannot remove " + path + ": " + std::strerror(errno));
    }
    return is_removed;
}

Expected<Certificate, std::string> CertificateAuthority::issue() const {
    auto* issuer = authority_.certificate.get();
    auto made = draft("engage-emulator", issuer, kCertificateDays);
    auto* certificate = made.certificate.get();
    const auto* end = X509_get0_notAfter(issuer);
    if (certificate == nullptr ||
        (ASN1_TIME_compare(X509_get0_notAfter(certificate), end) > 0 && X509_set1_notAfter(certificate, end) != 1) ||
        !add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE") ||
        !add_extension(certificate, issuer, NID_key_usage, "critical,digitalSignature") ||
        !add_extension(certificate, issuer, NID_ext_key_usage, "serverAuth") ||
        !add_extension(certificate, issuer, NID_subject_key_identifier, "hash") ||
        !add_extension(certificate, issuer, NID_authority_key_identifier, "keyid:always") ||
        !add_extension(certificate, issuer, NID_subject_alt_name, kNames) ||
        X509_sign(certificate, authority_.key.get(), EVP_sha256()) == 0)
        return unexpected("cannot make a certificate: " + openssl_error());
    X509_up_ref(issuer);
    made.chain.emplace_back(issuer);
    return made;
}

}  // namespace engage::server::tls
