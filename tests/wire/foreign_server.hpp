#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>
#include <thread>

namespace engage::test {

/// Answers every connection on a free port of 127.0.0.1 with the same bytes, for as long as it lives.
class ForeignServer {
public:
    explicit ForeignServer(std::string answer)
        : answer_(std::move(answer)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        ::bind(listener_, generic, size);
        ::listen(listener_, 16);
        ::getsockname(listener_, generic, &size);
        port_ = ntohs(address.sin_port);
        answering_ = std::thread([this] { serve(); });
    }
    ~ForeignServer() {
        ::shutdown(listener_, SHUT_RDWR);
        answering_.join();
        ::close(listener_);
    }
    ForeignServer(const ForeignServer&) = delete;
    int port() const { return port_; }

private:
    void serve() const {
        for (int client = 0; (client = ::accept(listener_, nullptr, nullptr)) >= 0; ::close(client)) {
            std::array<char, 4096> request{};
            if (::read(client, request.data(), request.size()) < 0) continue;
            if (::write(client, answer_.data(), answer_.size()) < 0) continue;
        }
    }

    const std::string answer_;
    const int listener_;
    int port_ = 0;
    std::thread answering_;
};

}  // namespace engage::test
