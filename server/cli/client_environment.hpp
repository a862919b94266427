#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "expr/expected.hpp"

namespace engage::server {

/// Where a running emulator can be reached.
struct Addresses {
    std::string url;  ///< Plain HTTP, e.g. `http://127.0.0.1:9797`.
    int port = 0;
    std::optional<int> tls_port;
    std::optional<int> proxy_port;
    std::string ca_file;  ///< The certificate to trust; empty when a certificate of the user's own is served.
    std::vector<std::string> allowed_hosts;
};

/// The environment variables that make unmodified clients find an emulator, and the files that some of them name. The
/// files live as long as the object.
class ClientEnvironment {
public:
    using Variables = std::vector<std::pair<std::string, std::string>>;

    /// The error says what cannot be written.
    static Expected<ClientEnvironment, std::string> create(const Addresses& addresses);
    ~ClientEnvironment();
    ClientEnvironment(ClientEnvironment&& other) noexcept;
    ClientEnvironment& operator=(ClientEnvironment&&) = delete;

    const Variables& variables() const { return variables_; }

private:
    explicit ClientEnvironment(std::string folder) : folder_(std::move(folder)) {}
    Expected<void, std::string> write(const std::string& name, const std::string& text) const;

    std::string folder_;  ///< Empty when there are no files.
    Variables variables_;
};

}  // namespace engage::server
