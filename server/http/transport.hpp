#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "expr/expected.hpp"
#include "server/http/limits.hpp"
#include "server/http/message.hpp"

namespace engage::server::http {

using RequestHandler = std::function<HttpResponse(const HttpRequest&)>;

/// Time and size bounds of connections.
struct TransportLimits {
    std::chrono::milliseconds idle_timeout{75'000};  ///< Between the requests of a kept-alive connection.
    std::chrono::milliseconds io_timeout{30'000};    ///< For each piece of a request or an answer.
    std::chrono::milliseconds drain_timeout{5'000};  ///< For answers in flight when stopping.
    std::size_t connections = 1024;                  ///< Served at a time; further ones wait.
    std::size_t target_bytes = kMaxTarget;
    std::size_t head_bytes = 64 * 1024;  ///< Of all header lines together.
    std::size_t body_bytes = kMaxBody;
};

class ChannelFactory;
class ProxyPolicy;

/// What a port speaks beside plain HTTP.
struct TransportKind {
    std::shared_ptr<const ChannelFactory> tls{};  ///< Every connection is encrypted.
    std::shared_ptr<const ProxyPolicy> proxy{};   ///< The port is that of a proxy.
};

/// Listens on one port and hands every request to the handler, from several threads at once. HTTP/1.1 only; pipelined
/// requests are answered one after the other. Opens no outgoing connection, except to hosts that a proxy lets through.
class Transport {
public:
    Transport(RequestHandler handler, TransportLimits limits, TransportKind kind = {});
    ~Transport();
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;

    /// Takes the port (0: any free one) and answers from then on. Returns the port; the error says why it cannot be
    /// had.
    Expected<int, std::string> start(const std::string& host, int port);
    /// Lets answers in flight finish, closes everything and returns. From any thread, once.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace engage::server::http
