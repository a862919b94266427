#include "server/http/relay.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <functional>

#include "server/http/forwarded_head.hpp"

namespace engage::server::http {

namespace {

/// Leaves of the bytes that came in what is to be sent on. False when the connection is to be broken off.
using Filter = std::function<bool(std::string& bytes)>;

bool pass_all(std::string&) { return true; }

/// One direction of a relay.
class Flow {
public:
    Flow(int from, int to, std::string pending, Filter filter)
        : from_(from), to_(to), pending_(std::move(pending)), filter_(std::move(filter)) {}

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
        if (got > 0) return filter_(pending_);
        return got == 0 || errno == EAGAIN || errno == EINTR;
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
    Filter filter_;
    bool has_ended_ = false;
};

short events_of(const Flow& reads, const Flow& writes) {
    return static_cast<short>((reads.wants_to_read() ? POLLIN : 0) | (writes.wants_to_write() ? POLLOUT : 0));
}

/// `is_exchange`: the end of the answer is the end of all.
void run(int client, int upstream, int stop_event, Flow& up, Flow& down, bool is_exchange) {
    bool is_open = true;
    while (is_open && !(down.is_over() && (is_exchange || up.is_over()))) {
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

}  // namespace

void relay_tunnel(int client, int upstream, int stop_event, std::string from_client) {
    Flow up(client, upstream, std::move(from_client), pass_all);
    Flow down(upstream, client, {}, pass_all);
    run(client, upstream, stop_event, up, down, /*is_exchange=*/false);
}

void relay_request(int client, int upstream, int stop_event, std::string head, BodyReader body,
                   std::string from_client) {
    const auto take_body = [&body](std::string& bytes) {
        std::string content;  // Is sent in the chunks that it came in.
        bytes.resize(body.take(bytes, content));
        return body.state() != BodyReader::State::kBroken;
    };
    if (!take_body(from_client)) {
        ::close(upstream);
        return;
    }
    AnswerHead answer;
    Flow up(client, upstream, std::move(head) + from_client, take_body);
    Flow down(upstream, client, {}, [&answer](std::string& bytes) { return answer.rewrite(bytes); });
    run(client, upstream, stop_event, up, down, /*is_exchange=*/true);
}

}  // namespace engage::server::http
