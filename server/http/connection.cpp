#include "server/http/connection.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "server/http/forwarded_head.hpp"
#include "server/http/gzip.hpp"

namespace engage::server::http {

namespace {

constexpr std::size_t kReadSize = 16 * 1024;

/// What comes with these is not read: it means nothing (RFC 9110, 9.3.1).
bool is_without_body(std::string_view method) { return method == "GET" || method == "HEAD" || method == "OPTIONS"; }

int as_poll_timeout(std::chrono::milliseconds timeout) { return static_cast<int>(timeout.count()); }

}  // namespace

Connection::Connection(int socket, int stop_event, const TransportLimits& limits, const ChannelFactory* tls,
                       const ProxyPolicy* proxy)
    : socket_(socket),
      stop_event_(stop_event),
      limits_(limits),
      channel_(std::make_unique<PlainChannel>(socket)),
      proxy_(proxy) {
    if (tls != nullptr) encrypt(*tls);
}

Connection::~Connection() {
    // Without this an encrypted stream looks cut off.
    if (!is_reset_) channel_->end_sending();
    ::close(socket_);
}

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

Connection::Wait Connection::wait_for(Channel::Need need, std::chrono::milliseconds timeout) const {
    if (need == Channel::Need::kReadable) return wait_readable(timeout);
    return wait_writable() ? Wait::kReady : Wait::kTimedOut;
}

bool Connection::fill(std::chrono::milliseconds timeout) {
    if (consumed_ == input_.size()) {
        input_.clear();
        consumed_ = 0;
    }
    const auto before = input_.size();
    input_.resize(before + kReadSize);
    // The bytes of a request that was just announced are usually there: try before asking poll.
    auto got = channel_->receive(input_.data() + before, kReadSize);
    while (got.need != Channel::Need::kNothing && wait_for(got.need, timeout) == Wait::kReady)
        got = channel_->receive(input_.data() + before, kReadSize);
    input_.resize(before + got.bytes);
    return got.bytes > 0;
}

bool Connection::skip_line_end() {
    if (input_[consumed_] != '\r' && input_[consumed_] != '\n') return false;
    ++consumed_;
    return true;
}

bool Connection::await_request() {
    target_.clear();
    authority_.clear();
    wants_encryption_ = false;
    fault_ = RequestFault::kNone;
    is_head_read_ = false;
    head_lines_.clear();
    omit_body_ = false;
    request_line_.clear();
    request_line_read_ = 0;
    do {
        if (consumed_ == input_.size()) {
            if (!channel_->has_received() && wait_readable(limits_.idle_timeout) != Wait::kReady) return false;
            if (!fill(limits_.io_timeout)) return false;
        }
        // Some clients send an empty line behind a form and do not count it (RFC 9112, 2.2).
    } while (skip_line_end());
    return take_request_line();
}

bool Connection::take_request_line() {
    std::size_t searched = consumed_;
    std::size_t end = 0;
    while ((end = input_.find('\n', searched)) == std::string::npos) {
        searched = input_.size();
        // Beside its target a line has a method and a version, of which the library says what is wrong.
        if (input_.size() - consumed_ > limits_.target_bytes + kReadSize) {
            refuse(RequestFault::kTargetTooLong);
            request_line_ += "\r\n";
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
        consumed_ = end + 1;
        return true;
    }
    const std::string method(line.substr(0, first));
    target_ = line.substr(first + 1, last - first - 1);
    request_line_.append(method).append(" / ").append(line.substr(last + 1));
    const bool is_too_long = target_.size() > limits_.target_bytes;
    consumed_ = end + 1;
    if (is_too_long) {
        refuse(RequestFault::kTargetTooLong);
        request_line_ += "\r\n";
        return true;
    }
    if (proxy_ != nullptr) return pass_proxy(method);
    split_target();
    refuse_foreign_authority();
    return true;
}

bool Connection::refuse(RequestFault fault) {
    fault_ = fault;
    closes_after_answer_ = true;
    request_line_ = "GET / HTTP/1.1\r\n";
    if (fault == RequestFault::kTargetTooLong) target_.clear();
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
    if (fault_ == RequestFault::kTargetTooLong) return 0;
    // The library would keep header lines as long as they come.
    if (!is_head_read_ && head_lines_.size() >= limits_.head_bytes) return 0;
    if (consumed_ == input_.size() && !fill(limits_.io_timeout)) return 0;
    const auto count = std::min(size, input_.size() - consumed_);
    std::memcpy(data, input_.data() + consumed_, count);
    if (!is_head_read_) head_lines_.append(data, count);
    consumed_ += count;
    return static_cast<ssize_t>(count);
}

std::optional<std::vector<catalogue::Header>> Connection::headers() const { return parse_header_lines(head_lines_); }

void Connection::receive(HttpRequest head) {
    is_head_read_ = true;
    request_ = std::move(head);
    if (request_.fault != RequestFault::kNone) return;
    const auto framing = framing_of(request_);
    if (!framing) {
        request_.fault = framing.error();
        closes_after_answer_ = true;
    } else if (is_without_body(request_.method)) {
        // It must not be read as the next request.
        if (!framing->is_empty()) closes_after_answer_ = true;
    } else {
        request_.fault = read_body(request_, *framing);
        if (request_.fault != RequestFault::kNone)
            closes_after_answer_ = true;
        else
            request_.fault = decode_body(request_, limits_.body_bytes);
    }
}

RequestFault Connection::read_body(HttpRequest& request, BodyFraming framing) {
    if (!framing.is_chunked && framing.length > limits_.body_bytes) return RequestFault::kBodyTooLarge;
    const bool is_told_to_go_on = !framing.is_empty() && equal_ignoring_case(request.header("Expect"), "100-continue");
    if (is_told_to_go_on && !send_all("HTTP/1.1 100 Continue\r\n\r\n", {})) return RequestFault::kBodyIncomplete;
    BodyReader reader(framing);
    while (reader.state() == BodyReader::State::kMore) {
        if (consumed_ == input_.size() && !fill(limits_.io_timeout)) return RequestFault::kBodyIncomplete;
        consumed_ += reader.take(std::string_view(input_).substr(consumed_), request.body);
        if (request.body.size() > limits_.body_bytes) return RequestFault::kBodyTooLarge;
    }
    return reader.state() == BodyReader::State::kWhole ? RequestFault::kNone : RequestFault::kMalformed;
}

ssize_t Connection::write(const char* data, std::size_t size) {
    head_.append(data, size);
    return static_cast<ssize_t>(size);
}

bool Connection::send_all(std::string_view head, std::string_view body) {
    while (!head.empty() || !body.empty()) {
        const auto sent = channel_->send(head, body);
        if (sent.bytes == 0) {
            if (sent.need == Channel::Need::kNothing || wait_for(sent.need, limits_.io_timeout) != Wait::kReady)
                return false;
            continue;
        }
        const auto of_head = std::min(sent.bytes, head.size());
        head.remove_prefix(of_head);
        body.remove_prefix(sent.bytes - of_head);
    }
    return true;
}

std::shared_ptr<Gate> Connection::departure() const {
    auto gate = answer_ ? answer_->delivery.departure : nullptr;
    return gate == nullptr || gate->is_open() ? nullptr : gate;
}

void Connection::deliver_cut(const Delivery& delivery, std::string_view body) {
    auto head = std::string_view(head_);
    if (!delivery.cut) {
        head = body = {};
    } else if (delivery.cut->part == Cut::Part::kHead) {
        head = head.substr(0, delivery.cut->at);
        body = {};
    } else {
        body = body.substr(0, delivery.cut->at);
    }
    if (!send_all(head, body) || !delivery.resets) return;
    // A socket that is closed while it lingers for no time is reset.
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    is_reset_ = true;
}

bool Connection::flush() {
    auto body = answer_ && !omit_body_ ? std::string_view(answer_->body) : std::string_view{};
    if (answer_ && !answer_->delivery.is_whole()) {
        deliver_cut(answer_->delivery, body);
        head_.clear();
        answer_.reset();
        return false;
    }
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
    channel_->end_sending();
    constexpr int kMostReads = 16 * 1024;
    constexpr std::chrono::milliseconds kPatience{200};
    for (int i = 0; i < kMostReads; ++i) {
        input_.clear();
        consumed_ = 0;
        if (!fill(kPatience)) return;
    }
}

}  // namespace engage::server::http
