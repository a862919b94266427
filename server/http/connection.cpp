#include "server/http/connection.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace engage::server {

namespace {

constexpr std::size_t kReadSize = 16 * 1024;

int as_poll_timeout(std::chrono::milliseconds timeout) { return static_cast<int>(timeout.count()); }

}  // namespace

Connection::~Connection() { ::close(socket_); }

Connection::Wait Connection::wait_readable(std::chrono::milliseconds timeout) const {
    pollfd watched[] = {{socket_, POLLIN, 0}, {stop_event_, POLLIN, 0}};
    int ready = 0;
    do {
        ready = ::poll(watched, 2, as_poll_timeout(timeout));
    } while (ready < 0 && errno == EINTR);
    if (watched[1].revents != 0) return Wait::kStopped;
    return ready > 0 ? Wait::kReady : Wait::kTimedOut;
}

bool Connection::wait_writable() const {
    pollfd watched[] = {{socket_, POLLOUT, 0}, {stop_event_, POLLIN, 0}};
    int ready = 0;
    do {
        ready = ::poll(watched, 2, as_poll_timeout(limits_.io_timeout));
    } while (ready < 0 && errno == EINTR);
    // When the server stops, a client that does not read has less time to take its answer.
    if (ready > 0 && watched[0].revents == 0) ::poll(watched, 1, as_poll_timeout(limits_.drain_timeout));
    return (watched[0].revents & POLLOUT) != 0;
}

bool Connection::fill(std::chrono::milliseconds timeout) {
    if (consumed_ == input_.size()) {
        input_.clear();
        consumed_ = 0;
    }
    const auto before = input_.size();
    input_.resize(before + kReadSize);
    // The bytes of a request that was just announced are usually there: try before asking poll.
    auto got = ::recv(socket_, input_.data() + before, kReadSize, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) &&
        wait_readable(timeout) == Wait::kReady)
        got = ::recv(socket_, input_.data() + before, kReadSize, MSG_DONTWAIT);
    input_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return got > 0;
}

bool Connection::skip_line_end() {
    if (input_[consumed_] != '\r' && input_[consumed_] != '\n') return false;
    ++consumed_;
    return true;
}

bool Connection::await_request() {
    target_.clear();
    is_target_too_long_ = false;
    is_head_read_ = false;
    head_bytes_ = 0;
    omit_body_ = false;
    request_line_.clear();
    request_line_read_ = 0;
    do {
        if (consumed_ == input_.size()) {
            if (wait_readable(limits_.idle_timeout) != Wait::kReady) return false;
            if (!fill(limits_.io_timeout)) return false;
        }
        // Some clients send an empty line behind a form and do not count it (RFC 9112, 2.2).
    } while (skip_line_end());
    return take_request_line();
}

void Connection::refuse_target() {
    target_.clear();
    is_target_too_long_ = true;
    closes_after_answer_ = true;
    request_line_ = "GET / HTTP/1.1\r\n\r\n";
}

bool Connection::take_request_line() {
    std::size_t searched = consumed_;
    std::size_t end = 0;
    while ((end = input_.find('\n', searched)) == std::string::npos) {
        searched = input_.size();
        // Beside its target a line has a method and a version, of which the library says what is wrong.
        if (input_.size() - consumed_ > limits_.target_bytes + kReadSize) {
            refuse_target();
            return true;
        }
        const auto offset = searched - consumed_;
        if (!fill(limits_.io_timeout)) return false;
        searched = consumed_ + offset;
    }
    const auto line = std::string_view(input_).substr(consumed_, end + 1 - consumed_);
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || last <= first) {
        request_line_ = line.substr(0, 64);  // The library says what is wrong with it.
        request_line_ += line.size() > 64 ? "\r\n" : "";
    } else {
        target_ = line.substr(first + 1, last - first - 1);
        if (target_.size() > limits_.target_bytes) {
            refuse_target();
            return true;
        }
        request_line_.append(line.substr(0, first)).append(" / ").append(line.substr(last + 1));
    }
    consumed_ = end + 1;
    return true;
}

bool Connection::is_readable() const {
    return request_line_read_ < request_line_.size() || consumed_ < input_.size() ||
           wait_readable(limits_.io_timeout) == Wait::kReady;
}

ssize_t Connection::read(char* data, std::size_t size) {
    if (request_line_read_ < request_line_.size()) {
        const auto count = std::min(size, request_line_.size() - request_line_read_);
        std::memcpy(data, request_line_.data() + request_line_read_, count);
        request_line_read_ += count;
        return static_cast<ssize_t>(count);
    }
    if (is_target_too_long_) return 0;
    // `100 Continue` must go out before the client sends its body.
    if (!head_.empty() && !flush()) return -1;
    // The library would keep header lines as long as they come.
    if (!is_head_read_ && head_bytes_ >= limits_.head_bytes) return 0;
    if (consumed_ == input_.size() && !fill(limits_.io_timeout)) return 0;
    const auto count = std::min(size, input_.size() - consumed_);
    if (!is_head_read_) head_bytes_ += count;
    std::memcpy(data, input_.data() + consumed_, count);
    consumed_ += count;
    return static_cast<ssize_t>(count);
}

ssize_t Connection::write(const char* data, std::size_t size) {
    head_.append(data, size);
    return static_cast<ssize_t>(size);
}

bool Connection::send_all(std::string_view head, std::string_view body) {
    while (!head.empty() || !body.empty()) {
        iovec parts[] = {{const_cast<char*>(head.data()), head.size()}, {const_cast<char*>(body.data()), body.size()}};
        msghdr message{};
        message.msg_iov = parts;
        message.msg_iovlen = 2;
        const auto sent = ::sendmsg(socket_, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0) {
            if (errno == EINTR) continue;
            if ((errno != EAGAIN && errno != EWOULDBLOCK) || !wait_writable()) return false;
            continue;
        }
        auto left = static_cast<std::size_t>(sent);
        const auto of_head = std::min(left, head.size());
        head.remove_prefix(of_head);
        body.remove_prefix(left - of_head);
    }
    return true;
}

bool Connection::flush() {
    auto body = answer_ && !omit_body_ ? std::string_view(answer_->body) : std::string_view{};
    // A client that has its whole answer may ask again at once, so the slot must be free before the end is sent; one
    // that does not read a large answer holds its slot.
    constexpr std::size_t kTail = 16 * 1024;
    bool is_sent = true;
    if (body.size() > kTail) {
        is_sent = send_all(head_, body.substr(0, body.size() - kTail));
        body.remove_prefix(body.size() - kTail);
        head_.clear();
    }
    if (answer_) answer_->lease.reset();
    is_sent = is_sent && send_all(head_, body);
    head_.clear();
    answer_.reset();
    return is_sent;
}

void Connection::discard_input() {
    // Closing with unread bytes makes the kernel reset the connection, and the client may lose the answer.
    ::shutdown(socket_, SHUT_WR);
    constexpr int kMostReads = 16 * 1024;
    constexpr std::chrono::milliseconds kPatience{200};
    for (int i = 0; i < kMostReads; ++i) {
        input_.clear();
        consumed_ = 0;
        if (!fill(kPatience)) return;
    }
}

}  // namespace engage::server
