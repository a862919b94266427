#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace engage::test {

/// One HTTP answer as it came over the wire.
struct Answer {
    int status = 0;
    std::string head;                                 ///< Status line and header lines without the empty line, as sent.
    std::multimap<std::string, std::string> headers;  ///< Names in lower case.
    std::string body;

    /// Values of that header (lower case), joined with ", "; empty when there is none.
    std::string header(const std::string& name) const;
};

/// A client of 127.0.0.1 on a plain socket: it sends the bytes that a test gives it and nothing else. Whatever takes
/// longer than the patience throws std::runtime_error, which fails the test.
class SocketClient {
public:
    static constexpr std::chrono::seconds kPatience{30};

    /// A `receive_buffer` above 0 bounds what the kernel takes in on behalf of a client that does not read.
    explicit SocketClient(int port, int receive_buffer = 0);
    ~SocketClient();
    SocketClient(SocketClient&& other) noexcept
        : socket_(std::exchange(other.socket_, -1)), input_(std::move(other.input_)) {}
    SocketClient(const SocketClient&) = delete;

    /// Sends everything, reading at the same time, so that neither side waits for the other. False when the server no
    /// longer takes it.
    bool send(std::string_view bytes);
    /// The next answer. A server that closes first throws.
    Answer receive();
    /// The next answer to a HEAD request or an interim answer such as 100: it has no body.
    Answer receive_head();
    /// `send` and `receive`.
    Answer ask(std::string_view request);
    /// What comes up to and with `end`. A server that closes first throws.
    std::string receive_until(std::string_view end);
    /// Everything until the server closes.
    std::string receive_to_end();
    /// Waits until there is something to receive; nothing is taken out.
    void await_input() const;

    /// Ends the stream to the server; its answers can still be received.
    void finish_sending();
    /// Goes away without a good-bye, as a killed process with unread answers does: the server sees a reset.
    void abort();
    /// Segments with data that the kernel has received on this connection.
    unsigned received_segments() const;
    int local_port() const;
    /// Makes every call wait as long as the patience is, and lends the socket.
    int make_blocking();

private:
    friend class SocketListener;
    struct Accepted {
        int socket;
    };
    explicit SocketClient(Accepted accepted) : socket_(accepted.socket) {}
    void wait(short events) const;
    /// Reads what is there. False at the end of the stream.
    bool take_in();
    int socket_ = -1;
    std::string input_;
};

/// A server on a free port of 127.0.0.1 that says what the test makes it say.
class SocketListener {
public:
    SocketListener();
    ~SocketListener();
    SocketListener(const SocketListener&) = delete;

    int port() const { return port_; }
    /// Waits for a client; what is returned is the server's end.
    SocketClient accept() const;

private:
    int socket_;
    int port_ = 0;
};

/// The head of an HTTP/1.1 request to this target; the empty line comes with the body.
std::string request_head(std::string_view method, std::string_view target);
/// A whole GET request.
std::string get(std::string_view target);
/// A whole POST request of a form with its Content-Length.
std::string post_form(std::string_view target, std::string_view body);
/// The body as chunks of `chunk` bytes.
std::string chunked(std::string_view body, std::size_t chunk);
/// A form value: everything but letters and digits is escaped.
std::string escaped(std::string_view value);
/// `text` so often.
std::string repeated(std::string_view text, std::size_t count);

}  // namespace engage::test
