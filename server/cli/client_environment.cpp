#include "server/cli/client_environment.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>
#include <system_error>

#include "server/cli/node_hook.hpp"

namespace engage::server {

namespace {

namespace fs = std::filesystem;

/// The certificates that the machine trusts, for hosts that are let through; empty where it has none.
std::string system_certificates() {
    constexpr std::array kFiles = {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                                   "/etc/ssl/cert.pem"};
    for (const auto* path : kFiles) {
        std::ifstream file(path);
        if (!file) continue;
        std::ostringstream text;
        text << file.rdbuf();
        return text.str() + '\n';
    }
    return {};
}

std::string text_of(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string joined(const std::vector<std::string>& items) {
    std::string text;
    for (const auto& item : items) text += (text.empty() ? "" : ",") + item;
    return text;
}

/// What the shell around us has there, with `addition` behind it.
std::string extended(const char* name, const std::string& addition) {
    const char* present = std::getenv(name);
    return present != nullptr && *present != '\0' ? std::string(present) + ' ' + addition : addition;
}

}  // namespace

ClientEnvironment::ClientEnvironment(ClientEnvironment&& other) noexcept
    : folder_(std::exchange(other.folder_, {})), variables_(std::move(other.variables_)) {}

ClientEnvironment::~ClientEnvironment() {
    std::error_code ignored;  // A temporary folder that stays behind harms nobody.
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

Expected<void, std::string> ClientEnvironment::write(const std::string& name, const std::string& text) const {
    const auto path = folder_ + '/' + name;
    std::ofstream file(path);
    file << text;
    file.close();
    if (!file) return unexpected("cannot write " + path);
    return {};
}

Expected<ClientEnvironment, std::string> ClientEnvironment::create(const Addresses& addresses) {
    std::string pattern;
    if (addresses.tls_port || !addresses.ca_file.empty()) {
        std::error_code error;
        pattern = (fs::temp_directory_path(error) / "engage-emulator-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr)
            return unexpected("cannot create " + pattern + ": " + std::strerror(errno));
    }
    ClientEnvironment made(pattern);
    const auto bundle = pattern + "/certificates.pem";
    const auto hook = pattern + "/node_hook.cjs";
    auto& variables = made.variables_;
    variables = {
        {"ENGAGE_EMULATOR_URL", addresses.url}, {"MP_API_BASE_URL", addresses.url}, {"MP_APP_BASE_URL", addresses.url}};
    if (addresses.tls_port) {
        if (auto done = made.write("node_hook.cjs", std::string(kNodeHook)); !done) return unexpected(done.error());
        variables.insert(variables.end(),
                         {{"ENGAGE_EMULATOR_TLS_URL", "https://localhost:" + std::to_string(*addresses.tls_port)},
                          {"ENGAGE_EMULATOR_ALLOWED_HOSTS", joined(addresses.allowed_hosts)},
                          {"NODE_OPTIONS", extended("NODE_OPTIONS", "--require=" + hook)}});
    }
    if (addresses.proxy_port) {
        const auto url = "http://127.0.0.1:" + std::to_string(*addresses.proxy_port);
        variables.emplace_back("ENGAGE_EMULATOR_PROXY_URL", url);
        for (const auto* name : {"HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"})
            variables.emplace_back(name, url);
        for (const auto* name : {"NO_PROXY", "no_proxy"}) variables.emplace_back(name, "localhost,127.0.0.1,::1");
    }
    if (!addresses.ca_file.empty()) {
        if (auto done = made.write("certificates.pem", system_certificates() + text_of(addresses.ca_file)); !done)
            return unexpected(done.error());
        for (const auto* name : {"SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"})
            variables.emplace_back(name, bundle);
        variables.emplace_back("NODE_EXTRA_CA_CERTS", addresses.ca_file);
    }
    return made;
}

}  // namespace engage::server
