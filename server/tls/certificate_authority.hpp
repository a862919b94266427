#pragma once

#include <string>

#include "expr/expected.hpp"
#include "server/tls/certificate.hpp"

namespace engage::server::tls {

/// The user's own authority, which signs what the emulator shows to clients. It may sign for Mixpanel's hosts and this
/// machine only: its certificate says so, and clients refuse anything else from it. Times are those of the machine, not
/// of the emulated clock.
class CertificateAuthority {
public:
    /// `$XDG_DATA_HOME/engage-emulator`, or `~/.local/share/engage-emulator`. The error says that neither is set.
    static Expected<std::string, std::string> default_folder();

    /// The authority of a folder, created there when there is none: `ca.pem` and `ca.key`, for nobody but the user. The
    /// error is one line with the remedy: a key that others can read, an expired certificate, a folder that cannot be
    /// written.
    static Expected<CertificateAuthority, std::string> open(const std::string& folder);
    /// Removes both files and what a killed run left of them. False when there were none.
    static Expected<bool, std::string> remove(const std::string& folder);

    /// For `mixpanel.com`, `*.mixpanel.com`, `localhost` and the loopback addresses, with a key of its own that is
    /// written nowhere. Valid for a month, not longer than the authority.
    Expected<Certificate, std::string> issue() const;

    /// Where the certificate is that clients have to trust.
    const std::string& certificate_file() const { return certificate_file_; }

private:
    CertificateAuthority(Certificate authority, std::string certificate_file)
        : authority_(std::move(authority)), certificate_file_(std::move(certificate_file)) {}

    Certificate authority_;
    std::string certificate_file_;
};

}  // namespace engage::server::tls
