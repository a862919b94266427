#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>

#include "server/app/app.hpp"
#include "server/http/proxy.hpp"
#include "tests/support/served_app.hpp"
#include "tests/support/socket_client.hpp"

using namespace engage;
using namespace engage::test;

namespace {

/// A proxy on a free port of 127.0.0.1 that lets `allowed` through. What it answers itself comes from an App that has
/// no fixtures.
class Proxy {
public:
    explicit Proxy(std::vector<std::string> allowed, server::http::TransportLimits limits = {})
        : transport_(
              [this](const server::http::HttpRequest& request) { return app_.handle(request); }, limits,
              {.tls = {}, .proxy = std::make_shared<const server::http::ProxyPolicy>(nullptr, std::move(allowed))}) {
        const auto port = transport_.start("127.0.0.1", 0);
        REQUIRE(port);
        port_ = *port;
    }
    int port() const { return port_; }

private:
    server::app::App app_{test::open_settings()};
    server::http::Transport transport_;
    int port_ = 0;
};

/// A port of 127.0.0.1 on which nobody answers: its queue of connections is full.
class SilentPort {
public:
    SilentPort() {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        REQUIRE(::bind(sockets_[0], generic, size) == 0);
        REQUIRE(::listen(sockets_[0], 0) == 0);
        REQUIRE(::getsockname(sockets_[0], generic, &size) == 0);
        for (std::size_t i = 1; i < sockets_.size(); ++i) ::connect(sockets_[i], generic, size);
        port_ = ntohs(address.sin_port);
    }
    ~SilentPort() {
        for (const int socket : sockets_) ::close(socket);
    }
    SilentPort(const SilentPort&) = delete;
    int port() const { return port_; }

private:
    static int open() { return ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0); }
    const std::array<int, 3> sockets_ = {open(), open(), open()};  ///< The first listens.
    int port_ = 0;
};

std::string host_of(int port) { return "127.0.0.1:" + std::to_string(port); }

constexpr auto kTargetOfBob = "/api/query/engage?project_id=7&distinct_id=bob";

}  // namespace

TEST_CASE("a proxy hands a request on to a host that is let through", "[wire][proxy]") {
    const test::ServedApp upstream;
    const Proxy proxy({"127.0.0.1"});
    test::SocketClient client(proxy.port());
    const auto answer = client.ask(test::get("http://" + host_of(upstream.port()) + kTargetOfBob));
    CHECK(answer.status == 200);
    CHECK(answer.header("connection") == "close");
    CHECK(answer.body.starts_with(R"({"results":[{"$distinct_id":"bob")"));
    // One request only: the next one may be for another host.
    CHECK(client.receive_to_end().empty());
    const auto posted =
        test::SocketClient(proxy.port())
            .ask(test::post_form("http://" + host_of(upstream.port()) + "/api/query/engage?project_id=7",
                                 "where=properties[\"plan\"] == \"free\""));
    CHECK(posted.body.find(R"("total":1,)") != std::string::npos);
}

TEST_CASE("what follows a request that is handed on does not reach its host", "[wire][proxy]") {
    const test::SocketListener host;
    const Proxy proxy({"127.0.0.1"});
    const auto authority = host_of(host.port());
    const auto for_mixpanel =
        test::request_head("GET", "http://mixpanel.com/api/query/engage") + "Authorization: Basic c2E6c2VjcmV0\r\n\r\n";
    const auto start = "POST http://" + authority + "/a?b=c HTTP/1.1\r\n";
    struct Body {
        std::string headers;
        std::string sent;
    };
    const auto body =
        GENERATE(values<Body>({{"", ""},
                               {"Content-Length: 5\r\n", "hello"},
                               {"Transfer-Encoding: chunked\r\n", "5;x\r\nhello\r\n0\r\nX-T: 1\r\n\r\n"}}));
    CAPTURE(body.headers);
    test::SocketClient client(proxy.port());
    client.send(start + "Host: mixpanel.com\r\nConnection: keep-alive\r\nProxy-Authorization: Basic eDp5\r\n" +
                body.headers + "\r\n" + body.sent + for_mixpanel);
    auto upstream = host.accept();
    const auto head = upstream.receive_until("\r\n\r\n");
    CHECK(head == "POST /a?b=c HTTP/1.1\r\nConnection: close\r\n" + body.headers + "Host: " + authority + "\r\n\r\n");
    // The host keeps the connection for all that it is told; the client, who is told so, too, sends on.
    upstream.send("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok");
    const auto answer = client.receive();
    CHECK(answer.header("connection") == "close");
    CHECK(answer.body == "ok");
    client.send(for_mixpanel);
    upstream.finish_sending();
    CHECK(client.receive_to_end().empty());
    CHECK(upstream.receive_to_end() == body.sent);
}

TEST_CASE("a body goes on to its host while it comes in", "[wire][proxy]") {
    const test::SocketListener host;
    const Proxy proxy({"127.0.0.1"});
    test::SocketClient client(proxy.port());
    client.send("PUT http://" + host_of(host.port()) +
                "/ HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3000000\r\n\r\n");
    auto upstream = host.accept();
    upstream.receive_until("\r\n\r\n");
    upstream.send("HTTP/1.1 100 Continue\r\n\r\n");
    CHECK(client.receive_head().head == "HTTP/1.1 100 Continue");
    for (int i = 0; i < 300; ++i) {
        client.send(std::string(9'999, 'x') + '.');
        upstream.receive_until(".");
    }
    upstream.send("HTTP/1.1 204 No Content\r\n\r\n");
    CHECK(client.receive_head().head == "HTTP/1.1 204 No Content\r\nConnection: close");
    client.finish_sending();
    CHECK(upstream.receive_to_end().empty());
}

TEST_CASE("a request whose end cannot be told is not handed on", "[wire][proxy]") {
    const test::SocketListener host;
    const Proxy proxy({"127.0.0.1"});
    const auto refusal = [&](const std::string& headers) {
        const auto answer = test::SocketClient(proxy.port())
                                .ask("POST http://" + host_of(host.port()) + "/x HTTP/1.1\r\n" + headers + "\r\nhello");
        return std::to_string(answer.status) + ' ' + answer.body;
    };
    const std::string malformed = R"(400 {"error": "Malformed HTTP request"})";
    CHECK(refusal("Content-Length: 5\r\nContent-Length: 6\r\n") == malformed);
    CHECK(refusal("Content-Length : 5\r\n") == malformed);
    CHECK(refusal("Transfer-Encoding: gzip, chunked\r\n") ==
          R"(501 {"request": "/x", "error": "Error in Transfer-Encoding: expected chunked, found gzip, chunked"})");
    // A chunk that is none breaks the connection to the host as well.
    test::SocketClient client(proxy.port());
    client.send("POST http://" + host_of(host.port()) + "/x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
    CHECK(client.receive_to_end().empty());
    CHECK(host.accept().receive_to_end().empty());
}

TEST_CASE("a proxy opens a tunnel to a host that is let through", "[wire][proxy]") {
    const test::ServedApp upstream;
    const Proxy proxy({"127.0.0.1"});
    test::SocketClient client(proxy.port());
    client.send("CONNECT " + host_of(upstream.port()) + " HTTP/1.1\r\nHost: x\r\nProxy-Connection: keep-alive\r\n\r\n");
    CHECK(client.receive_head().head == "HTTP/1.1 200 Connection established");
    for (int i = 0; i < 3; ++i) CHECK(client.ask(test::get(kTargetOfBob)).status == 200);
    client.finish_sending();
    CHECK(client.receive_to_end().empty());
}

TEST_CASE("a proxy stops in the middle of a tunnel", "[wire][proxy]") {
    const test::ServedApp upstream;
    test::SocketClient client([&] {
        const Proxy proxy({"127.0.0.1"});
        test::SocketClient opened(proxy.port());
        opened.send("CONNECT " + host_of(upstream.port()) + " HTTP/1.1\r\n\r\n");
        CHECK(opened.receive_head().status == 200);
        return opened;
    }());
    CHECK(client.receive_to_end().empty());
}

TEST_CASE("what a proxy does not hand on, it refuses in one line", "[wire][proxy]") {
    const Proxy proxy({"127.0.0.1"});
    const auto refusal = [&](const std::string& request) {
        const auto answer = test::SocketClient(proxy.port()).ask(request);
        return std::to_string(answer.status) + ' ' + answer.body;
    };
    const std::string foreign =
        R"(403 {"error": "engage-emulator answers for mixpanel.com only and did not contact example.com; )"
        R"(--proxy-allow HOST lets a host through"})";
    CHECK(refusal(test::get("http://example.com/x")) == foreign);
    CHECK(refusal(test::post_form("http://example.com/x", "a=b")) == foreign);
    CHECK(refusal(test::get("HTTP://me:secret@example.com/x")) == foreign);
    CHECK(refusal("CONNECT example.com:443 HTTP/1.1\r\n\r\n") ==
          R"(403 {"error": "engage-emulator answers for mixpanel.com only and did not contact example.com:443; )"
          R"(--proxy-allow HOST lets a host through"})");
    CHECK(refusal(test::get("/api/query/engage")) ==
          R"(400 {"error": "This port is a proxy: name it in HTTPS_PROXY and HTTP_PROXY and ask for mixpanel.com"})");
    // Nobody listens on the port of a server that has gone.
    const auto gone = [] { return test::ServedApp().port(); }();
    CHECK(refusal(test::get("http://" + host_of(gone) + "/")) ==
          R"(502 {"error": "engage-emulator cannot reach )" + host_of(gone) + "\"}");
    CHECK(refusal("CONNECT " + host_of(gone) + " HTTP/1.1\r\n\r\n") ==
          R"(502 {"error": "engage-emulator cannot reach )" + host_of(gone) + "\"}");
    // What is to be encrypted by the proxy would go out plain.
    const test::ServedApp upstream;
    CHECK(refusal(test::get("https://" + host_of(upstream.port()) + kTargetOfBob)) ==
          R"(502 {"error": "engage-emulator cannot reach )" + host_of(upstream.port()) + "\"}");
}

TEST_CASE("a proxy answers for Mixpanel, whatever name and password stand before the host", "[wire][proxy]") {
    const Proxy proxy({});
    for (const std::string start :
         {"http://mixpanel.com", "HTTP://me:p@ss@mixpanel.com", "http://me@eu.mixpanel.com:80"}) {
        CAPTURE(start);
        CHECK(test::SocketClient(proxy.port()).ask(test::get(start + "/livez")).body == "ok\n");
    }
    test::SocketClient client(proxy.port());
    client.send("CONNECT me:secret@mixpanel.com:80 HTTP/1.1\r\n\r\n");
    CHECK(client.receive_head().head == "HTTP/1.1 200 Connection established");
    CHECK(client.ask(test::get("/livez")).body == "ok\n");
    // No certificate of ours is for it.
    CHECK(test::SocketClient(proxy.port()).ask(test::get("http://a.b.mixpanel.com/livez")).status == 403);
}

TEST_CASE("a proxy gives up a host that does not answer", "[wire][proxy]") {
    const SilentPort silent;
    const Proxy proxy({"127.0.0.1"}, {.io_timeout = std::chrono::milliseconds(100)});
    const auto answer = test::SocketClient(proxy.port()).ask(test::get("http://" + host_of(silent.port()) + "/"));
    CHECK(std::to_string(answer.status) + ' ' + answer.body ==
          R"(502 {"error": "engage-emulator cannot reach )" + host_of(silent.port()) + "\"}");
}

TEST_CASE("the head of a tunnel is bounded", "[wire][proxy]") {
    const test::ServedApp upstream;
    const Proxy proxy({"127.0.0.1"});
    test::SocketClient client(proxy.port());
    client.send("CONNECT " + host_of(upstream.port()) + " HTTP/1.1\r\n" + test::repeated("X: y\r\n", 20'000));
    CHECK(client.receive_to_end().empty());
}
