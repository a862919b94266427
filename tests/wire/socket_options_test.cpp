#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <optional>
#include <string>

#include "tests/support/served_app.hpp"
#include "tests/support/socket_client.hpp"

using namespace engage;
using namespace engage::test;

namespace {

int option(int socket, int level, int name) {
    int value = -1;
    socklen_t size = sizeof value;
    ::getsockopt(socket, level, name, &value, &size);
    return value;
}

int port_of(int (*name_of)(int, sockaddr*, socklen_t*), int socket) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    const bool is_named =
        name_of(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0 && address.sin_family == AF_INET;
    return is_named ? ntohs(address.sin_port) : -1;
}

/// The server runs in this process, so its sockets can be found among our descriptors.
template <class Predicate>
std::optional<int> find_socket(Predicate matches) {
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        const auto descriptor = std::stoi(entry.path().filename().string());
        if (matches(descriptor)) return descriptor;
    }
    return std::nullopt;
}

std::optional<int> listener_of(int port) {
    return find_socket([port](int socket) {
        return option(socket, SOL_SOCKET, SO_ACCEPTCONN) == 1 && port_of(::getsockname, socket) == port;
    });
}

}  // namespace

// Without it the second of two small answers waits for the client's delayed acknowledgement: 40 ms.
TEST_CASE("answers do not wait for acknowledgements: Nagle's algorithm is off", "[wire]") {
    const test::ServedApp served;
    test::SocketClient client(served.port());
    REQUIRE(client.ask(test::get("/livez")).status == 200);
    const auto accepted = find_socket([&](int socket) {
        return port_of(::getpeername, socket) == client.local_port() && port_of(::getsockname, socket) == served.port();
    });
    REQUIRE(accepted);
    CHECK(option(*accepted, IPPROTO_TCP, TCP_NODELAY) == 1);
}

// With the library's backlog of 5 the kernel drops the handshakes of a burst, and clients try again after 1 to 4
// seconds.
TEST_CASE("a burst of handshakes fits into the listen backlog", "[wire]") {
    const test::ServedApp served;
    const auto listener = listener_of(served.port());
    REQUIRE(listener);
    tcp_info info{};
    socklen_t size = sizeof info;
    REQUIRE(::getsockopt(*listener, IPPROTO_TCP, TCP_INFO, &info, &size) == 0);
    // Of a listening socket this field is the backlog, which the kernel caps at net.core.somaxconn.
    CHECK(info.tcpi_sacked >= 128);
}

TEST_CASE("the port is not shared with another emulator", "[wire]") {
    const test::ServedApp served;
    const auto listener = listener_of(served.port());
    REQUIRE(listener);
    CHECK(option(*listener, SOL_SOCKET, SO_REUSEPORT) == 0);
    CHECK(option(*listener, SOL_SOCKET, SO_REUSEADDR) == 1);
    server::http::Transport second([](const auto&) { return server::http::HttpResponse{}; }, {});
    const auto taken = second.start("127.0.0.1", served.port());
    REQUIRE_FALSE(taken);
    CHECK(taken.error() == "cannot listen on 127.0.0.1:" + std::to_string(served.port()) + ": Address already in use");
}
