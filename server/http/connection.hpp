#pragma once

#include <httplib.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "server/http/body_framing.hpp"
#include "server/http/channel.hpp"
#include "server/http/message.hpp"
#include "server/http/proxy.hpp"
#include "server/http/transport.hpp"

namespace engage::server::http {

/// One accepted socket, as a stream for cpp-httplib. It stands between the two because Debian's compiled 0.11.4 has its
/// limits built in: the stream buffers reads, shows the library a short request line in place of the real one (which
/// `target()` keeps), and sends head and body of an answer in one call.
class Connection final : public httplib::Stream {
public:
    /// Takes the socket over and closes it in the end. `stop_event` becomes readable when the server stops. With `tls`
    /// the connection is encrypted; with `proxy` it is one to a proxy.
    Connection(int socket, int stop_event, const TransportLimits& limits, const ChannelFactory* tls,
               const ProxyPolicy* proxy);
    ~Connection() override;

    /// Takes in the next request line. False when the client went, idled too long or the server stops.
    bool await_request();
    const std::string& target() const { return target_; }
    /// The host that stood before the target, with its port, as for proxies; empty if there was none.
    const std::string& authority() const { return authority_; }
    /// Why the request is refused whatever else it says.
    RequestFault fault() const { return fault_; }

    /// The headers as they came; nothing for lines that readers understand differently.
    std::optional<std::vector<catalogue::Header>> headers() const;

    /// Takes the head that the library has read and reads the body behind it; sets its `fault`.
    void receive(HttpRequest head);
    HttpRequest hand_over() { return std::move(request_); }

    /// What the handler answered; sent by `flush` behind the head that the library writes.
    void set_answer(HttpResponse answer) { answer_ = std::move(answer); }
    bool has_answer() const { return answer_.has_value(); }
    /// What the answer waits for; null when it may be sent.
    std::shared_ptr<Gate> departure() const;
    /// The connection cannot be used for another request.
    void close_after_answer() { closes_after_answer_ = true; }
    bool closes_after_answer() const { return closes_after_answer_; }
    /// The body of the answer is not sent, as HEAD wants it.
    void omit_body() { omit_body_ = true; }
    /// Sends what is pending, as its delivery says, and releases the answer. False when the connection is over.
    bool flush();
    /// Lets a client that still sends read the answer before its socket is closed.
    void discard_input();

    bool is_readable() const override;
    bool is_writable() const override { return true; }
    ssize_t read(char* data, std::size_t size) override;
    ssize_t write(const char* data, std::size_t size) override;
    void get_remote_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}
    void get_local_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}
    socket_t socket() const override { return socket_; }

private:
    enum class Wait : unsigned char { kReady, kStopped, kTimedOut };
    /// A request that is coming in is given up when the server stops, an answer that is going out is not.
    Wait wait_readable(std::chrono::milliseconds timeout) const;
    bool wait_writable() const;
    /// Reads once into the buffer. False at the end of the stream.
    bool fill(std::chrono::milliseconds timeout);
    Wait wait_for(Channel::Need need, std::chrono::milliseconds timeout) const;
    bool take_request_line();
    /// Takes scheme and host off a target that has them.
    void split_target();
    /// What was meant for another host is not answered in its name.
    void refuse_foreign_authority();
    /// What a proxy does with the request. False when the connection is over.
    bool pass_proxy(std::string_view method);
    bool open_tunnel();
    bool open_foreign_tunnel(const Authority& to);
    /// Hands one request on; the next one may be for another host.
    bool forward(std::string_view method, const Authority& to);
    /// Takes the rest of a head that the library is not shown. Nothing when it does not come or does not end.
    std::optional<std::string> take_head();
    /// Of a request whose head was taken. Always true: there is an answer to send.
    bool refuse(RequestFault fault, std::string_view head);
    RequestFault read_body(HttpRequest& request, BodyFraming framing);
    void encrypt(const ChannelFactory& context);
    bool refuse(RequestFault fault);
    bool skip_line_end();
    bool send_all(std::string_view head, std::string_view body);
    void deliver_cut(const Delivery& delivery, std::string_view body);

    const int socket_;
    const int stop_event_;
    const TransportLimits& limits_;
    std::unique_ptr<Channel> channel_;
    const ProxyPolicy* proxy_;  ///< Null once the proxy has let the client through to the emulator.
    std::string input_;         ///< Read but not yet consumed, from `consumed_` on.
    std::size_t consumed_ = 0;
    std::string request_line_;  ///< What the library reads in place of the real one.
    std::size_t request_line_read_ = 0;
    std::string target_;
    std::string authority_;
    bool wants_encryption_ = false;  ///< The authority came with `https://`.
    RequestFault fault_ = RequestFault::kNone;
    bool is_head_read_ = false;
    HttpRequest request_;
    std::string head_lines_;
    std::string head_;  ///< Written by the library, not yet sent.
    std::optional<HttpResponse> answer_;
    bool omit_body_ = false;
    bool closes_after_answer_ = false;
    bool is_reset_ = false;
};

}  // namespace engage::server::http
