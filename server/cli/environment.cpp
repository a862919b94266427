#include "server/cli/environment.hpp"

#include <iostream>

#include "server/http/probe.hpp"

namespace engage::server {

int run(const EnvironmentOptions& options) {
    const auto* target = options.as_json ? "/__admin/environment" : "/__admin/environment.sh";
    const auto text = fetch(options.host, options.port, target, options.control_token);
    if (text) {
        std::cout << *text;
        return 0;
    }
    std::cerr << "engage-emulator: http://" << options.host << ":" << options.port << ": " << text.error() << '\n';
    return kExitFailure;
}

}  // namespace engage::server
