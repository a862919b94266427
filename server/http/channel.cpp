#include "server/http/channel.hpp"

#include <sys/socket.h>
#include <sys/uio.h>

#include <cerrno>

namespace engage::server::http {

namespace {

/// `moved` is what the kernel said.
Channel::Moved result(ssize_t moved, Channel::Need need) {
    if (moved >= 0) return {.bytes = static_cast<std::size_t>(moved)};
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return {.need = need};
    return {};
}

}  // namespace

Channel::Moved PlainChannel::receive(char* data, std::size_t size) {
    return result(::recv(socket_, data, size, MSG_DONTWAIT), Need::kReadable);
}

Channel::Moved PlainChannel::send(std::string_view head, std::string_view body) {
    iovec parts[] = {{const_cast<char*>(head.data()), head.size()}, {const_cast<char*>(body.data()), body.size()}};
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = 2;
    return result(::sendmsg(socket_, &message, MSG_NOSIGNAL | MSG_DONTWAIT), Need::kWritable);
}

void PlainChannel::end_sending() { ::shutdown(socket_, SHUT_WR); }

}  // namespace engage::server::http
