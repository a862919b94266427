#include "server/running/running_emulator.hpp"

#include <malloc.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <ostream>
#include <string_view>
#include <thread>

#include "server/http/authority.hpp"
#include "server/http/proxy.hpp"
#include "server/running/exit_codes.hpp"
#include "server/running/port_owner.hpp"
#include "server/running/print_environment.hpp"
#include "server/running/projects.hpp"
#include "server/tls/certificate_authority.hpp"
#include "server/tls/tls_channel.hpp"

namespace engage::server::running {

namespace {

std::string url_of(const std::string& host, int port) {
    const bool is_ipv6 = host.find(':') != std::string::npos;
    return "http://" + (is_ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

/// An address that can be connected to, for one that stands for all of them.
std::string reachable(const std::string& host) {
    if (host == "0.0.0.0") return "127.0.0.1";
    return host == "::" ? "::1" : host;
}

/// What the options ask for and cannot have, empty if nothing.
std::string problem_of(const ServeOptions& options) {
    if (!http::is_loopback(options.host) && (!options.allow_remote || options.settings.control_token.empty()))
        return "--host: " + options.host +
               " can be reached from other machines; that needs --allow-remote and a --control-token";
    if (!options.tls_certificate.empty() && !options.tls && !options.proxy_port)
        return "--tls-cert: nothing shows it; that needs --tls or --proxy-port";
    if (!options.proxy_allow.empty() && !options.proxy_port) return "--proxy-allow: that needs --proxy-port";
    return {};
}

/// Who asks for any free port does not want to meet another emulator at the second one either.
int tls_port_of(const ServeOptions& options) {
    constexpr int kUsual = 9798;
    return options.tls_port.value_or(options.port == 0 ? 0 : kUsual);
}

struct Identity {
    std::shared_ptr<const tls::TlsContext> context;
    std::string ca_file;
};

/// What the TLS and proxy ports show to clients.
Expected<Identity, std::string> identity_of(const ServeOptions& options) {
    std::string ca_file;
    auto certificate = [&]() -> Expected<tls::Certificate, std::string> {
        if (!options.tls_certificate.empty()) return tls::read_certificate(options.tls_certificate, options.tls_key);
        return tls::CertificateAuthority::default_folder()
            .and_then(tls::CertificateAuthority::open)
            .and_then([&](const tls::CertificateAuthority& authority) {
                ca_file = authority.certificate_file();
                return authority.issue();
            });
    }();
    if (!certificate) return unexpected(std::move(certificate.error()));
    auto context = tls::TlsContext::with(*certificate);
    if (!context) return unexpected(std::move(context.error()));
    return Identity{std::make_shared<const tls::TlsContext>(std::move(*context)), std::move(ca_file)};
}

/// People read colours where they see them, and did not say otherwise (no-color.org).
bool is_coloured(int descriptor) {
    const char* refused = std::getenv("NO_COLOR");
    const char* terminal = std::getenv("TERM");
    return ::isatty(descriptor) != 0 && (refused == nullptr || *refused == '\0') &&
           (terminal == nullptr || std::string_view(terminal) != "dumb");
}

}  // namespace

RunningEmulator::RunningEmulator(const ServeOptions& options)
    : log_(std::make_shared<RequestLog>(
          STDERR_FILENO, LogForm{.is_json = options.log_as_json, .is_coloured = is_coloured(STDERR_FILENO)},
          options.is_quiet)),
      app_(options.settings),
      handler_([this](const http::HttpRequest& request) { return app_.handle(request); }) {}

Expected<std::unique_ptr<RunningEmulator>, int> RunningEmulator::start(
    const ServeOptions& options, std::ostream& errors, std::shared_ptr<space::ExchangeObserver> observer) {
    std::unique_ptr<RunningEmulator> emulator(new RunningEmulator(options));
    emulator->app_.observe(emulator->log_);
    if (observer) emulator->app_.observe(std::move(observer));
    auto opened = emulator->open(options, errors).and_then([&] { return emulator->publish(options, errors); });
    if (!opened) return unexpected(opened.error());
    return emulator;
}

Expected<int, int> RunningEmulator::listen(const char* flag, const std::string& host, int port,
                                           http::TransportKind kind, std::ostream& errors) {
    transports_.push_back(std::make_unique<http::Transport>(handler_, http::TransportLimits{}, std::move(kind)));
    const auto bound = transports_.back()->start(host, port);
    if (bound) return *bound;
    errors << "engage-emulator: " << bound.error();
    if (port != 0 && bound.error().ends_with(std::strerror(EADDRINUSE))) {
        const auto owner = port_owner(port);
        errors << (owner.empty() ? "" : " by " + owner) << "; " << flag << " 0 takes any free port";
    }
    errors << '\n';
    return unexpected(kExitFailure);
}

Expected<void, int> RunningEmulator::open(const ServeOptions& options, std::ostream& errors) {
    if (const auto problem = problem_of(options); !problem.empty()) {
        errors << "engage-emulator: " << problem << '\n';
        return unexpected(kExitUsage);
    }
    const auto port = listen("--port", options.host, options.port, {}, errors);
    if (!port) return unexpected(port.error());
    const auto client_host = reachable(options.host);
    addresses_ = {.url = url_of(options.host, *port),
                  .client_host = client_host,
                  .client_url = url_of(client_host, *port),
                  .port = *port,
                  .tls_port = {},
                  .proxy_port = {},
                  .ca_file = {},
                  .allowed_hosts = options.proxy_allow};
    if (!options.tls && !options.proxy_port) return {};
    const auto identity = identity_of(options);
    if (!identity) {
        errors << "engage-emulator: " << identity.error() << '\n';
        return unexpected(kExitUsage);
    }
    addresses_.ca_file = identity->ca_file;
    // Both would let others into a connection that a client believes to be Mixpanel's.
    constexpr const char* kLoopback = "127.0.0.1";
    if (options.tls) {
        const auto tls_port =
            listen("--tls-port", kLoopback, tls_port_of(options), {.tls = identity->context, .proxy = {}}, errors);
        if (!tls_port) return unexpected(tls_port.error());
        addresses_.tls_port = *tls_port;
    }
    if (options.proxy_port) {
        auto policy = std::make_shared<const http::ProxyPolicy>(identity->context, options.proxy_allow);
        const auto proxy_port =
            listen("--proxy-port", kLoopback, *options.proxy_port, {.tls = {}, .proxy = std::move(policy)}, errors);
        if (!proxy_port) return unexpected(proxy_port.error());
        addresses_.proxy_port = *proxy_port;
    }
    return {};
}

Expected<void, int> RunningEmulator::publish(const ServeOptions& options, std::ostream& errors) {
    auto projects = load_projects(options.fixtures, errors);
    if (!projects) return unexpected(kExitUsage);
    auto environment = client_environment(addresses_);
    if (!environment) {
        errors << "engage-emulator: " << environment.error() << '\n';
        return unexpected(kExitFailure);
    }
    environment_ = std::move(*environment);
    app_.set_environment(shell_text(environment_), environment_json(environment_));
    projects_ = projects->size();
    for (const auto& project : *projects) profiles_ += project.users->size();
    if (auto published = app_.publish(std::move(*projects)); !published) {
        print_problems(published.error(), errors);
        return unexpected(kExitUsage);
    }
    // What reading the fixtures and flags needed goes back to the system.
    malloc_trim(0);
    return {};
}

void RunningEmulator::stop(int exit_code) {
    std::thread([exit_code, log = log_] {
        constexpr std::chrono::seconds kGrace{5};
        std::this_thread::sleep_for(kGrace);
        log->drain();
        std::_Exit(exit_code);  // Nothing is unsaved.
    }).detach();
    for (const auto& transport : transports_) transport->stop();
    log_->drain();
}

void RunningEmulator::drain_log() { log_->drain(); }

}  // namespace engage::server::running
