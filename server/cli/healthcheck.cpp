#include "server/cli/healthcheck.hpp"

#include <chrono>
#include <iostream>
#include <thread>

#include "server/http/probe.hpp"

namespace engage::server::cli {

int run(const HealthcheckOptions& options) {
    using std::chrono::steady_clock;
    constexpr std::chrono::milliseconds kInterval{50};
    const auto deadline = steady_clock::now() + std::chrono::duration<double>(options.timeout_seconds);
    for (;;) {
        const auto outcome = http::probe_ready(options.host, options.port);
        if (outcome.is_ready) return 0;
        if (!options.wait || steady_clock::now() >= deadline) {
            std::cerr << "engage-emulator: http://" << options.host << ":" << options.port
                      << " is not ready: " << outcome.reason << '\n';
            return kExitFailure;
        }
        std::this_thread::sleep_for(kInterval);
    }
}

}  // namespace engage::server::cli
