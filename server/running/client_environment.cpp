#include "server/running/client_environment.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>

#include "server/running/node_hook.hpp"
#include "server/tls/certificate_authority.hpp"

namespace engage::server::running {

namespace {

namespace fs = std::filesystem;

std::string contents_of(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The certificates that the machine trusts; empty where it has none.
std::string system_certificates() {
    constexpr std::array kFiles = {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                                   "/etc/ssl/cert.pem"};
    for (const auto* path : kFiles)
        if (auto text = contents_of(path); !text.empty()) return text + '\n';
    return {};
}

/// Writes the file unless it says that already: other runs may be reading it, and never see half of it.
Expected<void, std::string> keep(const fs::path& path, const std::string& text) {
    const auto fail = [&](const std::string& why) { return unexpected("cannot write " + path.string() + ": " + why); };
    if (contents_of(path) == text) return {};
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error) return fail(error.message());
    const auto draft = path.string() + '.' + std::to_string(::getpid());
    std::ofstream file(draft);
    file << text;
    file.close();
    if (file && std::rename(draft.c_str(), path.c_str()) == 0) return {};
    const auto refusal = fail(std::strerror(errno));
    std::remove(draft.c_str());
    return refusal;
}

/// Between `separator`s.
std::string joined(const std::vector<std::string>& items, char separator) {
    std::string text;
    for (const auto& item : items) text += (text.empty() ? "" : std::string(1, separator)) + item;
    return text;
}

/// As one word of NODE_OPTIONS. Quotes only where they are needed: old versions of node do not know them.
std::string node_word(const std::string& text) {
    if (text.find_first_of(" \"\\") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
    return quoted + '"';
}

void add_proxy(std::vector<Variable>& variables, const Addresses& addresses) {
    const auto port = std::to_string(*addresses.proxy_port);
    const auto url = "http://127.0.0.1:" + port;
    variables.push_back({"ENGAGE_EMULATOR_PROXY_URL", url});
    for (const auto* name : {"HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"})
        variables.push_back({name, url});
    // Clients differ in whether they want an IPv6 address in brackets.
    const auto& host = addresses.client_host;
    for (const auto* name : {"NO_PROXY", "no_proxy"})
        variables.push_back({name, joined({"localhost", "127.0.0.1", "::1", "[::1]", host}, ',')});
    std::string java;
    for (const std::string scheme : {"http", "https"})
        java += "-D" + scheme + ".proxyHost=127.0.0.1 -D" + scheme + ".proxyPort=" + port + ' ';
    variables.push_back({"JAVA_TOOL_OPTIONS",
                         java + "-Dhttp.nonProxyHosts=" + joined({"localhost", "127.*", "[::1]", host}, '|'),
                         /*is_appended=*/true});
}

/// Lets clients trust the local CA, and nobody else unless hosts are let through: a client that finds a way around the
/// emulator fails in its handshake with the real service then, instead of reaching it unnoticed.
Expected<void, std::string> add_trust(std::vector<Variable>& variables, const Addresses& addresses) {
    const auto folder = fs::path(addresses.ca_file).parent_path();
    auto trusted = addresses.ca_file;
    if (addresses.allowed_hosts.empty()) {
        // OpenSSL looks into the machine's folder as well unless it is given another.
        variables.push_back({"SSL_CERT_DIR", folder});
    } else {
        // Not beside the CA: Go reads every certificate of SSL_CERT_DIR, whatever its file is called.
        trusted = folder / "with_system" / "certificates.pem";
        if (auto kept = keep(trusted, system_certificates() + contents_of(addresses.ca_file)); !kept) return kept;
    }
    for (const auto* name : {"SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"})
        variables.push_back({name, trusted});
    variables.push_back({"NODE_EXTRA_CA_CERTS", addresses.ca_file});
    return {};
}

Expected<void, std::string> add_node_hook(std::vector<Variable>& variables, const Addresses& addresses) {
    const auto folder = tls::CertificateAuthority::default_folder();
    if (!folder) return unexpected(folder.error());
    const auto hook = *folder + "/node_hook.cjs";
    if (auto kept = keep(hook, std::string(kNodeHook)); !kept) return kept;
    variables.insert(variables.end(),
                     {{"ENGAGE_EMULATOR_TLS_URL", "https://localhost:" + std::to_string(*addresses.tls_port)},
                      {"ENGAGE_EMULATOR_ALLOWED_HOSTS", joined(addresses.allowed_hosts, ',')},
                      {"NODE_OPTIONS", "--require=" + node_word(hook), /*is_appended=*/true}});
    return {};
}

}  // namespace

Expected<std::vector<Variable>, std::string> client_environment(const Addresses& addresses) {
    std::vector<Variable> variables;
    for (const auto* name : {"ENGAGE_EMULATOR_URL", "MP_API_BASE_URL", "MP_APP_BASE_URL"})
        variables.push_back({name, addresses.client_url});
    Expected<void, std::string> added;
    if (addresses.tls_port) added = add_node_hook(variables, addresses);
    if (addresses.proxy_port) add_proxy(variables, addresses);
    if (added && !addresses.ca_file.empty()) added = add_trust(variables, addresses);
    if (!added) return unexpected(added.error());
    return variables;
}

}  // namespace engage::server::running
