#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "expr/expected.hpp"
#include "server/app/app.hpp"
#include "server/http/transport.hpp"
#include "server/running/client_environment.hpp"
#include "server/running/request_log.hpp"
#include "server/running/serve_options.hpp"

namespace engage::server::running {

/// The emulator with all the ports that the flags of `serve` ask for, ready to answer, for as long as it lives.
class RunningEmulator {
public:
    /// Prints what is wrong to `errors`, which must outlive it; the error is the exit code. `observer`, if given, is
    /// told of every exchange.
    static Expected<std::unique_ptr<RunningEmulator>, int> start(
        const ServeOptions& options, std::ostream& errors, std::shared_ptr<space::ExchangeObserver> observer = nullptr);
    const Addresses& addresses() const { return addresses_; }
    /// What clients of it need.
    const std::vector<Variable>& environment() const { return environment_; }
    std::size_t projects() const { return projects_; }
    std::size_t profiles() const { return profiles_; }
    /// Lets answers in flight finish and closes everything. What is still being computed after five seconds is given
    /// up: the process ends with this code then.
    void stop(int exit_code);
    /// Before something else is written to stderr that has to stand behind the lines of requests so far.
    void drain_log();

private:
    explicit RunningEmulator(const ServeOptions& options);
    Expected<void, int> open(const ServeOptions& options, std::ostream& errors);
    Expected<void, int> publish(const ServeOptions& options, std::ostream& errors);
    Expected<int, int> listen(const char* flag, const std::string& host, int port, http::TransportKind kind,
                              std::ostream& errors);

    std::shared_ptr<RequestLog> log_;
    app::App app_;
    http::RequestHandler handler_;
    std::vector<std::unique_ptr<http::Transport>> transports_;
    Addresses addresses_;
    std::vector<Variable> environment_;
    std::size_t projects_ = 0;
    std::size_t profiles_ = 0;
};

}  // namespace engage::server::running
