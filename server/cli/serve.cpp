#include "server/cli/serve.hpp"

#include <malloc.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <thread>

#include "server/app.hpp"
#include "server/cli/projects.hpp"
#include "server/http/json_text.hpp"
#include "server/http/transport.hpp"

namespace engage::server {

namespace {

bool is_loopback(const std::string& host) { return host == "localhost" || host == "::1" || host.starts_with("127."); }

std::string url_of(const std::string& host, int port) {
    const bool is_ipv6 = host.find(':') != std::string::npos;
    return "http://" + (is_ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

/// Whoever waits for the file never sees it half written: it appears under its name in one step.
bool write_port_file(const std::string& path, int port) {
    const auto draft = path + "." + std::to_string(::getpid());
    std::ofstream file(draft);
    file << port << '\n';
    file.close();
    return file.good() && std::rename(draft.c_str(), path.c_str()) == 0;
}

void print_ready(const ServeOptions& options, int port, std::size_t projects, std::size_t profiles) {
    const auto url = url_of(options.host, port);
    if (options.ready_as_json)
        std::cout << R"({"event":"ready","url":)" << json_string(url) << R"(,"port":)" << port << R"(,"pid":)"
                  << ::getpid() << R"(,"projects":)" << projects << R"(,"profiles":)" << profiles << "}\n";
    else
        std::cout << "engage-emulator listening on " << url << '\n';
    std::cout.flush();
}

/// Answers in flight get this long to be sent after a signal to end.
constexpr std::chrono::seconds kGrace{5};

int wait_for_signal() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    int signal = 0;
    sigwait(&signals, &signal);
    return signal;
}

/// What is still being computed then is given up: nothing is unsaved.
void leave_after(std::chrono::seconds grace) {
    std::thread([grace] {
        std::this_thread::sleep_for(grace);
        std::_Exit(0);
    }).detach();
}

}  // namespace

int run(const ServeOptions& options) {
    // A file of an earlier run would name its port.
    if (!options.port_file.empty()) std::remove(options.port_file.c_str());
    App app(options.settings);
    Transport transport([&app](const HttpRequest& request) { return app.handle(request); }, {});
    const auto port = transport.start(options.host, options.port);
    if (!port) {
        std::cerr << "engage-emulator: " << port.error() << '\n';
        return kExitFailure;
    }
    if (!is_loopback(options.host))
        std::cerr << "engage-emulator: warning: " << options.host << " can be reached from other machines\n";

    auto projects = load_projects(options.fixtures, std::cerr);
    if (!projects) return kExitUsage;
    std::size_t profiles = 0;
    for (const auto& project : *projects) profiles += project.users->size();
    const auto count = projects->size();
    if (auto published = app.publish(std::move(*projects)); !published) {
        print_problems(published.error(), std::cerr);
        return kExitUsage;
    }
    // What reading the fixtures and flags needed goes back to the system.
    malloc_trim(0);
    if (!options.port_file.empty() && !write_port_file(options.port_file, *port)) {
        std::cerr << "engage-emulator: --port-file: cannot write " << options.port_file << '\n';
        return kExitUsage;
    }
    print_ready(options, *port, count, profiles);
    wait_for_signal();
    leave_after(kGrace);
    transport.stop();
    return 0;
}

}  // namespace engage::server
