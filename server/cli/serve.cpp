#include "server/cli/serve.hpp"

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <iostream>

#include "fixtures/json/write.hpp"
#include "server/running/file_limit.hpp"
#include "server/running/running_emulator.hpp"

namespace engage::server::cli {

namespace {

/// Whoever waits for the file never sees it half written: it appears under its name in one step.
bool write_port_file(const std::string& path, int port) {
    const auto draft = path + "." + std::to_string(::getpid());
    std::ofstream file(draft);
    file << port << '\n';
    file.close();
    return file.good() && std::rename(draft.c_str(), path.c_str()) == 0;
}

void print_ready_json(const running::RunningEmulator& emulator) {
    const auto& addresses = emulator.addresses();
    std::cout << R"({"event":"ready","url":)" << fixtures::json::ascii_literal(addresses.url) << R"(,"port":)"
              << addresses.port;
    if (addresses.tls_port) std::cout << R"(,"tls_port":)" << *addresses.tls_port;
    if (addresses.proxy_port) std::cout << R"(,"proxy_port":)" << *addresses.proxy_port;
    if (!addresses.ca_file.empty()) std::cout << R"(,"ca":)" << fixtures::json::ascii_literal(addresses.ca_file);
    std::cout << R"(,"pid":)" << ::getpid() << R"(,"projects":)" << emulator.projects() << R"(,"profiles":)"
              << emulator.profiles() << "}\n";
}

void print_ready(const running::RunningEmulator& emulator, bool as_json) {
    const auto& addresses = emulator.addresses();
    if (as_json) {
        print_ready_json(emulator);
    } else {
        std::cout << "engage-emulator listening on " << addresses.url << '\n';
        if (addresses.tls_port) std::cout << "  TLS on https://localhost:" << *addresses.tls_port << '\n';
        if (addresses.proxy_port) std::cout << "  proxy on http://127.0.0.1:" << *addresses.proxy_port << '\n';
        if (!addresses.ca_file.empty()) std::cout << "  clients have to trust " << addresses.ca_file << '\n';
    }
    std::cout.flush();
}

int wait_for_signal() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    int signal = 0;
    sigwait(&signals, &signal);
    return signal;
}

}  // namespace

int run(const running::ServeOptions& options) {
    // A file of an earlier run would name its port.
    if (!options.port_file.empty()) std::remove(options.port_file.c_str());
    running::raise_file_limit();
    const auto emulator = running::RunningEmulator::start(options, std::cerr);
    if (!emulator) return emulator.error();
    if (!options.port_file.empty() && !write_port_file(options.port_file, (*emulator)->addresses().port)) {
        std::cerr << "engage-emulator: --port-file: cannot write " << options.port_file << '\n';
        return kExitUsage;
    }
    print_ready(**emulator, options.ready_as_json);
    wait_for_signal();
    (*emulator)->stop(/*exit_code=*/0);
    return 0;
}

}  // namespace engage::server::cli
