#include "tests/support/socket_client.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace engage::test {

namespace {

constexpr std::string_view kHeadEnd = "\r\n\r\n";

[[noreturn]] void fail(const std::string& what) {
    throw std::runtime_error("socket client: " + what + ": " + std::strerror(errno));
}

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINPROGRESS; }

std::string lower(std::string_view text) {
    std::string lowered(text);
    std::transform(lowered.begin(), lowered.end(), lowered.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lowered;
}

Answer parse_head(std::string head) {
    Answer answer;
    constexpr std::string_view version = "HTTP/1.1 ";
    if (!head.starts_with(version) || head.size() < version.size() + 3)
        throw std::runtime_error("socket client: no status line: " + head);
    answer.status = std::stoi(head.substr(version.size(), 3));
    std::string_view lines = head;
    for (auto end = lines.find("\r\n"); end != std::string_view::npos; end = lines.find("\r\n")) {
        lines.remove_prefix(end + 2);
        const auto line = lines.substr(0, lines.find("\r\n"));
        const auto colon = line.find(": ");
        if (colon == std::string_view::npos)
            throw std::runtime_error("socket client: no header line: " + std::string(line));
        answer.headers.emplace(lower(line.substr(0, colon)), line.substr(colon + 2));
    }
    answer.head = std::move(head);
    return answer;
}

}  // namespace

std::string Answer::header(const std::string& name) const {
    std::string joined;
    const auto [first, last] = headers.equal_range(name);
    for (auto at = first; at != last; ++at) joined += (at == first ? "" : ", ") + at->second;
    return joined;
}

SocketClient::SocketClient(int port, int receive_buffer)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    if (receive_buffer > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        if (!would_block()) fail("connect");
        wait(POLLOUT);
    }
    socklen_t size = sizeof errno;
    ::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &errno, &size);
    if (errno != 0) {
        const auto reason = errno;
        ::close(socket_);
        errno = reason;
        fail("connect");
    }
}

SocketClient::~SocketClient() {
    if (socket_ >= 0) ::close(socket_);
}

void SocketClient::wait(short events) const {
    pollfd watched{socket_, events, 0};
    const auto patience = static_cast<int>(std::chrono::milliseconds(kPatience).count());
    if (::poll(&watched, 1, patience) == 0)
        throw std::runtime_error("socket client: nothing happened for " + std::to_string(kPatience.count()) + " s");
}

void SocketClient::await_input() const { wait(POLLIN); }

bool SocketClient::take_in() {
    std::array<char, 64 * 1024> buffer{};
    const auto got = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (got > 0) input_.append(buffer.data(), static_cast<std::size_t>(got));
    return got > 0 || (got < 0 && would_block());
}

bool SocketClient::send(std::string_view bytes) {
    short awaited = POLLOUT | POLLIN;
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
            continue;
        }
        if (!would_block()) return false;
        wait(awaited);
        // A server that has said all may still read.
        if (awaited != POLLOUT && !take_in()) awaited = POLLOUT;
    }
    return true;
}

std::string SocketClient::receive_until(std::string_view end) {
    auto found = input_.find(end);
    while (found == std::string::npos) {
        wait(POLLIN);
        errno = 0;
        if (!take_in()) fail("closed after \"" + input_.substr(0, 200) + "\"");
        found = input_.find(end);
    }
    auto text = input_.substr(0, found + end.size());
    input_.erase(0, text.size());
    return text;
}

Answer SocketClient::receive_head() {
    auto head = receive_until(kHeadEnd);
    head.resize(head.size() - kHeadEnd.size());
    return parse_head(std::move(head));
}

Answer SocketClient::receive() {
    auto answer = receive_head();
    const auto length = std::stoul(answer.header("content-length"));
    while (input_.size() < length) {
        wait(POLLIN);
        errno = 0;
        if (!take_in())
            fail("closed after " + std::to_string(input_.size()) + " of " + std::to_string(length) +
                 " bytes of a body");
    }
    answer.body = input_.substr(0, length);
    input_.erase(0, length);
    return answer;
}

Answer SocketClient::ask(std::string_view request) {
    if (!send(request)) throw std::runtime_error("socket client: the server closed while a request was sent");
    return receive();
}

std::string SocketClient::receive_to_end() {
    do wait(POLLIN);
    while (take_in());
    return std::exchange(input_, {});
}

void SocketClient::finish_sending() { ::shutdown(socket_, SHUT_WR); }

void SocketClient::abort() {
    const linger at_once{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(std::exchange(socket_, -1));
}

unsigned SocketClient::received_segments() const {
    tcp_info info{};
    socklen_t size = sizeof info;
    if (::getsockopt(socket_, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) fail("TCP_INFO");
    return info.tcpi_data_segs_in;
}

int SocketClient::make_blocking() {
    ::fcntl(socket_, F_SETFL, ::fcntl(socket_, F_GETFL) & ~O_NONBLOCK);
    const timeval patience{kPatience.count(), 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    return socket_;
}

int SocketClient::local_port() const {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    if (::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) != 0) fail("getsockname");
    return ntohs(address.sin_port);
}

SocketListener::SocketListener() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket_, generic, size) != 0 || ::listen(socket_, SOMAXCONN) != 0 ||
        ::getsockname(socket_, generic, &size) != 0)
        fail("listen");
    port_ = ntohs(address.sin_port);
}

SocketListener::~SocketListener() { ::close(socket_); }

SocketClient SocketListener::accept() const {
    pollfd watched{socket_, POLLIN, 0};
    const auto patience = static_cast<int>(std::chrono::milliseconds(SocketClient::kPatience).count());
    if (::poll(&watched, 1, patience) != 1) throw std::runtime_error("socket listener: nobody came");
    const int accepted = ::accept4(socket_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (accepted < 0) fail("accept");
    return SocketClient(SocketClient::Accepted{accepted});
}

std::string request_head(std::string_view method, std::string_view target) {
    return std::string(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
}

std::string get(std::string_view target) { return request_head("GET", target) + "\r\n"; }

std::string post_form(std::string_view target, std::string_view body) {
    return request_head("POST", target) +
           "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + std::string(body);
}

std::string chunked(std::string_view body, std::size_t chunk) {
    std::string framed;
    while (!body.empty()) {
        const auto piece = body.substr(0, chunk);
        std::array<char, 17> size{};
        std::snprintf(size.data(), size.size(), "%zx", piece.size());
        framed.append(size.data()).append("\r\n").append(piece).append("\r\n");
        body.remove_prefix(piece.size());
    }
    return framed + "0\r\n\r\n";
}

std::string escaped(std::string_view value) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0)
            text += c;
        else
            text.append({'%', digits[byte / 16], digits[byte % 16]});
    }
    return text;
}

std::string repeated(std::string_view text, std::size_t count) {
    std::string all;
    all.reserve(text.size() * count);
    for (; count > 0; --count) all += text;
    return all;
}

}  // namespace engage::test
