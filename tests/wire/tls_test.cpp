#include <catch2/catch.hpp>
#include <thread>

#include "server/http/proxy.hpp"
#include "server/tls/certificate_authority.hpp"
#include "server/tls/tls_channel.hpp"
#include "tests/support/served_app.hpp"
#include "tests/support/socket_client.hpp"
#include "tests/support/tls_client.hpp"
#include "tests/wire/emulator_process.hpp"

using namespace engage;
using namespace engage::test;

namespace {

const std::string kClose = "Connection: close\r\n\r\n";
/// A CA of its own and what it lets a server show.
class Authority {
public:
    Authority() {
        const auto authority = server::tls::CertificateAuthority::open(folder_.path());
        REQUIRE(authority);
        const auto certificate = authority->issue();
        REQUIRE(certificate);
        auto context = server::tls::TlsContext::with(*certificate);
        REQUIRE(context);
        tls_ = std::make_shared<const server::tls::TlsContext>(std::move(*context));
    }

    test::ServedOptions https(std::string profiles = test::three_profiles()) const {
        test::ServedOptions options;
        options.profiles = std::move(profiles);
        options.kind.tls = tls_;
        return options;
    }
    test::ServedOptions proxy() const {
        test::ServedOptions options;
        options.kind.proxy = std::make_shared<const server::http::ProxyPolicy>(tls_, std::vector<std::string>{});
        return options;
    }
    test::TlsTrust trust() const { return {.ca_file = folder_.file("ca.pem")}; }

private:
    test::TemporaryDirectory folder_;
    std::shared_ptr<const server::tls::TlsContext> tls_;
};

/// The body of an answer as it was sent.
std::string body_of(const std::string& answer) {
    const auto end = answer.find("\r\n\r\n");
    REQUIRE(end != std::string::npos);
    return answer.substr(end + 4);
}

/// Says why there is no connection.
std::string refusal_of(int port, const test::TlsTrust& trust) {
    try {
        test::TlsClient(test::SocketClient(port), trust);
        return "none";
    } catch (const std::runtime_error& error) {
        return error.what();
    }
}

}  // namespace

TEST_CASE("an encrypted port answers as the plain one does", "[wire][tls]") {
    const Authority authority;
    const test::ServedApp served(authority.https());
    const test::ServedApp plain;
    test::TlsClient client(test::SocketClient(served.port()), authority.trust());
    CHECK(client.protocol() == "http/1.1");
    client.send(test::get("/livez"));
    CHECK(client.receive_until("ok\n").starts_with("HTTP/1.1 200 OK\r\n"));
    client.send(test::request_head("GET", test::kTarget) + kClose);
    // The first query of each has the same session: their seeds are equal.
    CHECK(body_of(client.receive_to_end()) == test::SocketClient(plain.port()).ask(test::get(test::kTarget)).body);
}

TEST_CASE("an answer of many records is whole", "[wire][tls]") {
    const Authority authority;
    const test::ServedApp served(authority.https(test::large_profiles(500, 4096)));
    test::TlsClient client(test::SocketClient(served.port(), 2048), authority.trust());
    client.send(test::request_head("GET", test::kTarget) + kClose);
    const auto body = body_of(client.receive_to_end());
    CHECK(body.size() > 2'000'000);
    CHECK(body.ends_with(R"("status":"ok","computed_at":"2026-07-01T00:00:00.000000+00:00"})"));
}

TEST_CASE("an encrypted stream never ends without saying so", "[wire][tls]") {
    const Authority authority;
    const test::ServedApp served(authority.https());
    const auto request =
        GENERATE_COPY(test::request_head("GET", "/livez") + kClose, std::string("GET /livez HTTP/1.0\r\n\r\n"),
                      std::string("GET /livez HTTP/9.9\r\n\r\n"),
                      test::request_head("POST", test::kTarget) + "Content-Length: 33554433\r\n\r\n");
    CAPTURE(request);
    test::TlsClient client(test::SocketClient(served.port()), authority.trust());
    client.send(request);
    CHECK(client.receive_to_end().starts_with("HTTP/1.1 "));
}

TEST_CASE("a server that stops takes leave of its idle clients", "[wire][tls]") {
    const Authority authority;
    auto client = [&] {
        const test::ServedApp served(authority.https());
        auto opened = std::make_unique<test::TlsClient>(test::SocketClient(served.port()), authority.trust());
        opened->send(test::get("/livez"));
        opened->receive_until("ok\n");
        return opened;
    }();
    CHECK(client->receive_to_end().empty());
}

TEST_CASE("a tunnel to Mixpanel ends in the emulator, encrypted on any port", "[wire][tls]") {
    const Authority authority;
    const test::ServedApp served(authority.proxy());
    for (const std::string host : {"mixpanel.com", "eu.mixpanel.com"}) {
        for (const std::string port : {":443", ":8443"}) {
            CAPTURE(host, port);
            test::SocketClient connection(served.port());
            connection.send("CONNECT " + host + port + " HTTP/1.1\r\n\r\n");
            CHECK(connection.receive_head().head == "HTTP/1.1 200 Connection established");
            auto trust = authority.trust();
            trust.host = host;
            test::TlsClient client(std::move(connection), trust);
            client.send(test::request_head("GET", test::kTarget) + kClose);
            CHECK(body_of(client.receive_to_end()).starts_with(R"({"results":[{"$distinct_id":"ada")"));
        }
    }
}

TEST_CASE("clients shake hands and ask at the same time", "[wire][tls]") {
    const Authority authority;
    const test::ServedApp served(authority.https());
    constexpr int kClients = 4;
    std::vector<std::size_t> received(kClients);
    std::vector<std::thread> clients;
    for (int i = 0; i < kClients; ++i)
        clients.emplace_back([&, i] {
            for (int round = 0; round < 5; ++round) {
                test::TlsClient client(test::SocketClient(served.port()), authority.trust());
                client.send(test::request_head("GET", "/livez") + kClose);
                received[static_cast<std::size_t>(i)] += body_of(client.receive_to_end()).size();
            }
        });
    for (auto& client : clients) client.join();
    CHECK(received == std::vector<std::size_t>(kClients, 15));
}

TEST_CASE("a client that trusts somebody else, or speaks another protocol, is told in the handshake", "[wire][tls]") {
    const Authority authority;
    const Authority other;
    const test::ServedApp served(authority.https());
    CHECK(refusal_of(served.port(), other.trust()) == "TLS client: handshake: certificate verify failed");
    auto trust = authority.trust();
    trust.host = "example.com";
    CHECK(refusal_of(served.port(), trust) == "TLS client: handshake: certificate verify failed");
    trust = authority.trust();
    trust.protocols = "\x02h2";
    CHECK(refusal_of(served.port(), trust) == "TLS client: handshake: tlsv1 alert no application protocol");
    trust.protocols = "\x08http/1.0";
    CHECK(test::TlsClient(test::SocketClient(served.port()), trust).protocol() == "http/1.0");
}

TEST_CASE("what is not encrypted is no answer of an encrypted port", "[wire][tls]") {
    const Authority authority;
    const test::ServedApp served(authority.https());
    test::SocketClient plain(served.port());
    plain.send(test::get("/livez"));
    CHECK(plain.receive_to_end().find("HTTP/1.1") == std::string::npos);
    { test::SocketClient(served.port()).send("\x16\x03\x01"); }
    CHECK(refusal_of(served.port(), authority.trust()) == "none");
}
