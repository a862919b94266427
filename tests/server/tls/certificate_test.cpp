#include "server/tls/certificate_authority.hpp"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

namespace engage::server {
namespace {

namespace fs = std::filesystem;

class Folder {
public:
    Folder() {
        auto pattern = (fs::temp_directory_path() / "engage-ca-XXXXXX").string();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    std::string file(const std::string& name) const { return path_ + '/' + name; }
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

unsigned mode_of(const std::string& path) {
    struct stat info {};
    REQUIRE(::stat(path.c_str(), &info) == 0);
    return info.st_mode & 0777U;
}

std::string text_of(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A certificate for itself that ends so many seconds from now, and its key, in two files.
void write_certificate(const std::string& certificate_file, const std::string& key_file, long seconds) {
    const tls::Openssl<EVP_PKEY> key(EVP_EC_gen("P-256"));
    const tls::Openssl<X509> certificate(X509_new());
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -1000);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), seconds);
    X509_set_pubkey(certificate.get(), key.get());
    REQUIRE(X509_sign(certificate.get(), key.get(), EVP_sha256()) != 0);
    const tls::Openssl<BIO> out(BIO_new_file(certificate_file.c_str(), "w"));
    REQUIRE(PEM_write_bio_X509(out.get(), certificate.get()) == 1);
    const tls::Openssl<BIO> key_out(BIO_new_file(key_file.c_str(), "w"));
    REQUIRE(PEM_write_bio_PKCS8PrivateKey(key_out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
}

bool is_for(const tls::Certificate& certificate, const char* host) {
    return X509_check_host(certificate.certificate.get(), host, 0, 0, nullptr) == 1;
}

}  // namespace

TEST_CASE("the local CA is created once, for its user alone", "[tls]") {
    const Folder folder;
    const auto below = folder.file("data/engage-emulator");
    const auto first = tls::CertificateAuthority::open(below);
    REQUIRE(first);
    CHECK(first->certificate_file() == below + "/ca.pem");
    const auto text = text_of(first->certificate_file());
    CHECK(mode_of(below + "/ca.pem") == 0600);
    CHECK(mode_of(below + "/ca.key") == 0600);
    REQUIRE(tls::CertificateAuthority::open(below));
    CHECK(text_of(first->certificate_file()) == text);
    CHECK(tls::CertificateAuthority::remove(below) == true);
    CHECK(tls::CertificateAuthority::remove(below) == false);
    CHECK_FALSE(fs::exists(below + "/ca.key"));
}

TEST_CASE("what the CA signs is for Mixpanel and this machine, and is trusted through it", "[tls]") {
    const Folder folder;
    const auto authority = tls::CertificateAuthority::open(folder.path());
    REQUIRE(authority);
    const auto issued = authority->issue();
    REQUIRE(issued);
    for (const auto* host : {"mixpanel.com", "eu.mixpanel.com", "localhost"}) CHECK(is_for(*issued, host));
    for (const auto* host : {"example.com", "notmixpanel.com", "a.b.mixpanel.com"}) CHECK_FALSE(is_for(*issued, host));
    CHECK(X509_check_ip_asc(issued->certificate.get(), "127.0.0.1", 0) == 1);
    REQUIRE(issued->chain.size() == 1);
    CHECK(X509_verify(issued->certificate.get(), X509_get0_pubkey(issued->chain[0].get())) == 1);
    CHECK(X509_check_private_key(issued->certificate.get(), issued->key.get()) == 1);
}

TEST_CASE("a CA that cannot be trusted is refused with the remedy", "[tls]") {
    const Folder folder;
    REQUIRE(tls::CertificateAuthority::open(folder.path()));
    const auto key = folder.file("ca.key");
    fs::permissions(key, fs::perms::group_read, fs::perm_options::add);
    CHECK(tls::CertificateAuthority::open(folder.path()).error() ==
          key + ": others can read this key; chmod 600 it, or make a new one: engage-emulator ca --remove");
    write_certificate(folder.file("ca.pem"), key, -10);
    fs::permissions(key, fs::perms::owner_read, fs::perm_options::replace);
    CHECK(tls::CertificateAuthority::open(folder.path()).error() ==
          folder.file("ca.pem") + ": the certificate has expired; make a new one: engage-emulator ca --remove");
}

TEST_CASE("a CA without its key, or whose certificate is no CA's, is refused with the remedy", "[tls]") {
    const Folder folder;
    const auto key = folder.file("ca.key");
    write_certificate(folder.file("ca.pem"), key, 1000);
    fs::permissions(key, fs::perms::owner_read, fs::perm_options::replace);
    CHECK(tls::CertificateAuthority::open(folder.path()).error() ==
          folder.file("ca.pem") + ": the certificate is not one of a CA; make a new one: engage-emulator ca --remove");
    fs::remove(key);
    CHECK(tls::CertificateAuthority::open(folder.path()).error() ==
          key + ": cannot be read: No such file or directory; make a new one: engage-emulator ca --remove");
    CHECK(tls::CertificateAuthority::remove(folder.path()) == true);
    CHECK(tls::CertificateAuthority::open(folder.path()));
}

TEST_CASE("what a killed run left of a CA is in nobody's way", "[tls]") {
    const Folder folder;
    for (const auto* name : {"ca.key.new", "ca.pem.new"}) std::ofstream(folder.file(name)) << "half";
    REQUIRE(tls::CertificateAuthority::open(folder.path()));
    CHECK_FALSE(fs::exists(folder.file("ca.key.new")));
    CHECK_FALSE(fs::exists(folder.file("ca.pem.new")));
    std::ofstream(folder.file("ca.key.new")) << "half";
    CHECK(tls::CertificateAuthority::remove(folder.path()) == true);
    CHECK(fs::is_empty(folder.path()));
    // What is in the way for good is named.
    fs::create_directory(folder.file("ca.key.new"));
    CHECK(tls::CertificateAuthority::open(folder.path()).error() ==
          "cannot write " + folder.file("ca.key.new") + ": File exists");
}

TEST_CASE("runs side by side that make and remove a CA never meet half of one", "[tls]") {
    const Folder folder;
    std::atomic<int> opened = 0;
    std::vector<std::thread> runs;
    constexpr int kRuns = 4;
    constexpr int kRounds = 50;
    for (int run = 0; run < kRuns; ++run)
        runs.emplace_back([&] {
            for (int round = 0; round < kRounds; ++round) {
                if (tls::CertificateAuthority::open(folder.path())) ++opened;
                tls::CertificateAuthority::remove(folder.path()).value();
            }
        });
    for (auto& run : runs) run.join();
    CHECK(opened == kRuns * kRounds);
}

TEST_CASE("a certificate of the user's own is checked before it is served", "[tls]") {
    const Folder folder;
    const auto pem = folder.file("own.pem");
    const auto key = folder.file("own.key");
    CHECK(tls::read_certificate(pem, key).error() == pem + ": cannot be read: No such file or directory");
    std::ofstream(pem) << "no certificate";
    CHECK(tls::read_certificate(pem, key).error() == pem + ": expected a certificate in PEM: no start line");
    write_certificate(pem, key, 1000);
    CHECK(tls::read_certificate(pem, key));
    write_certificate(folder.file("other.pem"), key, 1000);
    CHECK(tls::read_certificate(pem, key).error() == key + ": the key belongs to another certificate than " + pem);
    std::ofstream(key) << "no key";
    CHECK(tls::read_certificate(pem, key).error() ==
          key + ": expected a private key in PEM without a passphrase: unsupported");
}

}  // namespace engage::server
