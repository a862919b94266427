#include "server/cli/environment.hpp"

#include <iostream>

#include "server/http/probe.hpp"

namespace engage::server::cli {

int run(const running::EnvironmentOptions& options) {
    const auto lacks_port = [](const std::string& text) {
        return text.find("ENGAGE_EMULATOR_TLS_URL") == std::string::npos ||
               text.find("ENGAGE_EMULATOR_PROXY_URL") == std::string::npos;
    };
    const auto* target = options.as_json ? "/__admin/environment" : "/__admin/environment.sh";
    const auto text = http::fetch(options.host, options.port, target, options.control_token);
    if (text && !lacks_port(*text)) {
        std::cout << *text;
        return 0;
    }
    const bool is_ours = text && text->find("ENGAGE_EMULATOR_URL") != std::string::npos;
    // Half of the clients would find the real service.
    const auto problem = is_ours ? "has no port for TLS or for proxying; start it with serve --tls --proxy-port 9799"
                         : text  ? "something else answers there: no environment of clients"
                                 : text.error();
    std::cerr << "engage-emulator: http://" << options.host << ":" << options.port << ": " << problem << '\n';
    return kExitFailure;
}

}  // namespace engage::server::cli
