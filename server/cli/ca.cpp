#include "server/cli/ca.hpp"

#include <fstream>
#include <iostream>

#include "server/tls/certificate_authority.hpp"

namespace engage::server::cli {

namespace {

int fail(const std::string& error) {
    std::cerr << "engage-emulator: " << error << '\n';
    return kExitFailure;
}

}  // namespace

int run(const running::CaOptions& options) {
    const auto folder = tls::CertificateAuthority::default_folder();
    if (!folder) return fail(folder.error());
    if (options.remove) {
        const auto removed = tls::CertificateAuthority::remove(*folder);
        if (!removed) return fail(removed.error());
        std::cout << (*removed ? "removed the local CA of " : "there was no local CA in ") << *folder << '\n';
        return 0;
    }
    const auto authority = tls::CertificateAuthority::open(*folder);
    if (!authority) return fail(authority.error());
    if (options.print)
        std::cout << std::ifstream(authority->certificate_file()).rdbuf();
    else
        std::cout << authority->certificate_file() << '\n';
    return 0;
}

}  // namespace engage::server::cli
