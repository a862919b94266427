#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace engage::server::http {

/// The bytes of one connection, plain or encrypted. No call waits. Not thread-safe.
class Channel {
public:
    /// What to wait for before the same call is made again.
    enum class Need : unsigned char { kNothing, kReadable, kWritable };
    struct Moved {
        std::size_t bytes = 0;  ///< Nothing and no need: the end of the stream, or an error.
        Need need = Need::kNothing;
    };

    virtual ~Channel() = default;
    virtual Moved receive(char* data, std::size_t size) = 0;
    /// Sends what goes at once of both, one after the other.
    virtual Moved send(std::string_view head, std::string_view body) = 0;
    /// Whether bytes can be received though the socket has none.
    virtual bool has_received() const { return false; }
    /// Tells the other side that nothing more is sent.
    virtual void end_sending() = 0;
};

/// Makes the server's side of encrypted connections. Thread-safe.
class ChannelFactory {
public:
    virtual ~ChannelFactory() = default;
    /// Over a socket that must not block and outlives the channel, which does not own it.
    virtual std::unique_ptr<Channel> open(int socket) const = 0;
};

/// A socket as it is. Does not own it.
class PlainChannel final : public Channel {
public:
    explicit PlainChannel(int socket) : socket_(socket) {}

    Moved receive(char* data, std::size_t size) override;
    Moved send(std::string_view head, std::string_view body) override;
    void end_sending() override;

private:
    int socket_;
};

}  // namespace engage::server::http
