#include <limits>

#include "server/cli/options.hpp"
#include "server/http/proxy.hpp"

namespace engage::server::cli {

namespace {

CLI::Range at_least_one() { return CLI::Range(std::uint32_t{1}, std::numeric_limits<std::uint32_t>::max()); }

void add_limits(CLI::App* app, running::ServeOptions& options) {
    auto& settings = options.settings;
    app->add_flag("--no-rate-limit", options.no_rate_limit, "Lift every limit")
        ->check(CLI::IsMember({"true", "false", "1", "0"}));
    app->add_option("--quota", settings.per_hour,
                    "Counted queries per project and rolling hour (default: of the project, else 60)")
        ->check(at_least_one())
        ->type_name("N");
    app->add_option("--concurrency", settings.concurrent,
                    "Queries of a project that run at a time (default: of the project, else 5)")
        ->check(at_least_one())
        ->type_name("N");
    app->add_option("--per-second", settings.per_second,
                    "Counted queries per project and rolling second (default: no such limit)")
        ->check(at_least_one())
        ->type_name("N");
}

CLI::Range port_range() { return CLI::Range(0, 65535); }

/// Replaces the text; returns what is wrong with it.
std::string as_allowed_host(std::string& text) {
    auto host = http::allowed_host(text);
    if (!host) return std::move(host.error());
    text = std::move(*host);
    return {};
}

void add_other_ports(CLI::App* app, running::ServeOptions& options) {
    app->add_option("--tls-port", options.tls_port, "Port of HTTPS, 0 for any free one")
        ->check(port_range())
        ->capture_default_str()
        ->type_name("N");
    auto* certificate = app->add_option("--tls-cert", options.tls_certificate,
                                        "Certificate in PEM to show instead of one of the local CA")
                            ->type_name("FILE");
    auto* key = app->add_option("--tls-key", options.tls_key, "Its private key")->type_name("FILE");
    certificate->needs(key);
    key->needs(certificate);
    app->add_option("--proxy-port", options.proxy_port,
                    "Be an HTTP proxy on 127.0.0.1 that answers for mixpanel.com and refuses other hosts; 0 for any "
                    "free port")
        ->check(port_range())
        ->type_name("N");
    app->add_option("--proxy-allow", options.proxy_allow,
                    "Let the proxy through to this host, or to *.DOMAIN; repeat it or separate with commas")
        ->transform(CLI::Validator(as_allowed_host, ""))
        ->type_name("HOST")
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false)
        ->delimiter(',');
    app->add_flag("--allow-remote", options.allow_remote, "Accept a --host that other machines can reach")
        ->check(CLI::IsMember({"true", "false", "1", "0"}));
    app->add_option("--control-token", options.settings.control_token,
                    "Demand this token (Authorization: Bearer TOKEN) of whoever steers the emulator")
        ->type_name("TOKEN");
}

}  // namespace

void add_serve_flags(CLI::App* app, running::ServeOptions& options) {
    app->add_option("--fixtures", options.fixtures,
                    "Directory of a project; repeat it to serve several (default: the built-in demo)")
        ->type_name("DIR")
        ->expected(1)
        ->take_all()
        ->delimiter(':');
    app->add_option("--host", options.host, "Address to listen on")->capture_default_str();
    app->add_option("--port", options.port, "Port to listen on, 0 for any free one")
        ->check(CLI::Range(0, 65535))
        ->capture_default_str()
        ->type_name("N");
    add_other_ports(app, options);
    instant_option(app, "--clock", options.settings.clock, "Freeze the clock at this time");
    app->add_option_function<std::string>(
           "--auth", [&options](const std::string& mode) { options.settings.auth_required = mode == "on"; },
           "off: anybody may query any project (default: on)")
        ->check(CLI::IsMember({"on", "off"}))
        ->type_name("on|off");
    add_limits(app, options);
    add_switches(app, options.settings.switches);
    app->add_option("--seed", options.settings.seed, "Make session and query ids repeatable")->type_name("N");
}

}  // namespace engage::server::cli
