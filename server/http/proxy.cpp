#include "server/http/proxy.hpp"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace engage::server {

namespace {

/// One direction of a relay.
class Flow {
public:
    Flow(int from, int to, std::string pending) : from_(from), to_(to), pending_(std::move(pending)) {}

    /// Which event of the two sockets the direction waits for.
    bool wants_to_read() const { return pending_.empty() && !has_ended_; }
    bool wants_to_write() const { return !pending_.empty(); }
    bool is_over() const { return has_ended_ && pending_.empty(); }

    /// False when the connection broke.
    bool read() {
        constexpr std::size_t kPiece = 64 * 1024;
        pending_.resize(kPiece);
        const auto got = ::recv(from_, pending_.data(), pending_.size(), MSG_DONTWAIT);
        pending_.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got == 0) end();
        return got >= 0 || errno == EAGAIN || errno == EINTR;
    }
    bool write() {
        const auto sent = ::send(to_, pending_.data(), pending_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent > 0) pending_.erase(0, static_cast<std::size_t>(sent));
        return sent >= 0 || errno == EAGAIN || errno == EINTR;
    }

private:
    void end() {
        has_ended_ = true;
        ::shutdown(to_, SHUT_WR);
    }

    int from_;
    int to_;
    std::string pending_;
    bool has_ended_ = false;
};

short events_of(const Flow& reads, const Flow& writes) {
    return static_cast<short>((reads.wants_to_read() ? POLLIN : 0) | (writes.wants_to_write() ? POLLOUT : 0));
}

timeval as_timeval(std::chrono::milliseconds time) {
    const auto whole = std::chrono::floor<std::chrono::seconds>(time);
    return {whole.count(), std::chrono::microseconds(time - whole).count()};
}

}  // namespace

ProxyPolicy::Verdict ProxyPolicy::of(std::string_view host) const {
    if (is_mixpanel(host)) return Verdict::kEmulated;
    const bool is_allowed = std::any_of(allowed_.begin(), allowed_.end(), [&](std::string_view allowed) {
        return allowed.starts_with("*.") ? is_below(host, allowed.substr(2)) : host == allowed;
    });
    return is_allowed ? Verdict::kAllowed : Verdict::kRefused;
}

Expected<int, std::string> connect_to(const Authority& to, std::chrono::milliseconds timeout) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(to.host.c_str(), std::to_string(to.port).c_str(), &wanted, &found); error != 0)
        return unexpected(std::string(::gai_strerror(error)));
    std::string reason = "no address";
    int connected = -1;
    for (const auto* address = found; address != nullptr && connected < 0; address = address->ai_next) {
        const int tried = ::socket(address->ai_family, address->ai_socktype | SOCK_CLOEXEC, address->ai_protocol);
        // Linux lets connect() wait as long as the first send().
        const auto patience = as_timeval(timeout);
        ::setsockopt(tried, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        if (tried >= 0 && ::connect(tried, address->ai_addr, address->ai_addrlen) == 0) {
            connected = tried;
        } else {
            reason = std::strerror(errno);
            if (tried >= 0) ::close(tried);
        }
    }
    ::freeaddrinfo(found);
    if (connected < 0) return unexpected(reason);
    return connected;
}

void relay(int client, int upstream, int stop_event, std::string from_client) {
    Flow up(client, upstream, std::move(from_client));
    Flow down(upstream, client, {});
    bool is_open = true;
    while (is_open && !(up.is_over() && down.is_over())) {
        const auto of_client = events_of(up, down);
        const auto of_upstream = events_of(down, up);
        // A side that nothing is wanted of is not watched: its end would be told again and again.
        pollfd watched[] = {{of_client != 0 ? client : -1, of_client, 0},
                            {of_upstream != 0 ? upstream : -1, of_upstream, 0},
                            {stop_event, POLLIN, 0}};
        if (::poll(watched, 3, -1) < 0 && errno != EINTR) break;
        if (watched[2].revents != 0) break;
        const auto has = [&](int socket, short events) { return (watched[socket].revents & events) != 0; };
        constexpr short kReadable = POLLIN | POLLHUP | POLLERR;
        constexpr short kWritable = POLLOUT | POLLERR;
        if (up.wants_to_read() && has(0, kReadable)) is_open = up.read();
        if (is_open && down.wants_to_read() && has(1, kReadable)) is_open = down.read();
        if (is_open && up.wants_to_write() && has(1, kWritable)) is_open = up.write();
        if (is_open && down.wants_to_write() && has(0, kWritable)) is_open = down.write();
    }
    ::close(upstream);
}

}  // namespace engage::server
