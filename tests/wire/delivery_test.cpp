#include <catch2/catch.hpp>

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "server/http/transport.hpp"
#include "tests/support/served_app.hpp"
#include "tests/support/socket_client.hpp"

using namespace engage;
using server::http::Cut;
using server::http::Delivery;
using server::http::Gate;

namespace {

/// Answers "0123456789" as the delivery for its path says; keeps the leases that have not been given back.
class Answering {
public:
    explicit Answering(std::function<Delivery(std::string_view path)> delivery, std::size_t connections = 1024)
        : transport_(
              [this, delivery = std::move(delivery)](const server::http::HttpRequest& request) {
                  auto lease = std::make_shared<int>();
                  {
                      const std::scoped_lock lock(mutex_);
                      leases_.push_back(lease);
                  }
                  return server::http::HttpResponse{.status = 200,
                                                    .headers = {{"Content-Type", "text/plain"}},
                                                    .body = "0123456789",
                                                    .lease = std::move(lease),
                                                    .delivery = delivery(request.path())};
              },
              {.connections = connections}) {
        port_ = transport_.start("127.0.0.1", 0).value();
    }

    int port() const { return port_; }
    void stop() { transport_.stop(); }
    std::size_t leases() const {
        const std::scoped_lock lock(mutex_);
        std::size_t held = 0;
        for (const auto& lease : leases_) held += lease.expired() ? 0 : 1;
        return held;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::weak_ptr<int>> leases_;
    server::http::Transport transport_;
    int port_ = 0;
};

constexpr std::string_view kHead =
    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 10\r\nContent-Type: text/plain\r\n\r\n";

std::string closing_get(std::string_view path) { return test::request_head("GET", path) + "Connection: close\r\n\r\n"; }

/// Waits until so many answers have not been sent; a test that waits in vain fails.
bool come_to(const Answering& answering, std::size_t leases) {
    const auto end = std::chrono::steady_clock::now() + test::SocketClient::kPatience;
    while (answering.leases() != leases && std::chrono::steady_clock::now() < end) std::this_thread::yield();
    return answering.leases() == leases;
}

}  // namespace

TEST_CASE("an answer waits for its departure, and others do not wait for it", "[wire][delivery]") {
    const auto gate = std::make_shared<Gate>();
    // One worker: a held answer that kept it would keep everybody.
    Answering answering(
        [&](std::string_view path) { return path == "/held" ? Delivery{.departure = gate} : Delivery{}; },
        /*connections=*/1);
    std::vector<test::SocketClient> held;
    for (int i = 0; i < 20; ++i) held.emplace_back(answering.port()).send(closing_get("/held"));
    CHECK(test::SocketClient(answering.port()).ask(closing_get("/")).body == "0123456789");
    CHECK(come_to(answering, 20));
    gate->open();
    for (auto& client : held) {
        CHECK(client.receive().body == "0123456789");
        client.abort();
    }
}

TEST_CASE("a connection goes on after an answer that was held", "[wire][delivery]") {
    const auto gate = std::make_shared<Gate>();
    Answering answering([&](std::string_view) { return Delivery{.departure = gate}; });
    test::SocketClient client(answering.port());
    client.send(test::get("/") + test::get("/"));
    REQUIRE(come_to(answering, 1));
    gate->open();
    CHECK(client.receive().body == "0123456789");
    CHECK(client.receive().body == "0123456789");
    CHECK(client.ask(test::get("/")).body == "0123456789");
}

TEST_CASE("an answer is cut where its delivery says", "[wire][delivery]") {
    const auto sent = [](Delivery delivery) {
        Answering answering([&](std::string_view) { return delivery; });
        test::SocketClient client(answering.port());
        client.send(closing_get("/"));
        return client.receive_to_end();
    };
    const std::string head(kHead);
    CHECK(sent({}) == head + "0123456789");
    CHECK(sent({.cut = Cut{Cut::Part::kBody, 4}}) == head + "0123");
    CHECK(sent({.cut = Cut{Cut::Part::kBody, 0}}) == head);
    CHECK(sent({.cut = Cut{Cut::Part::kBody, 10}}) == head + "0123456789");
    CHECK(sent({.cut = Cut{Cut::Part::kHead, 12}}) == "HTTP/1.1 200");
    CHECK(sent({.cut = Cut{Cut::Part::kHead, 0}}).empty());
}

TEST_CASE("a cut answer ends its connection though the client wants to keep it", "[wire][delivery]") {
    Answering answering([](std::string_view) { return Delivery{.cut = Cut{Cut::Part::kBody, 3}}; });
    test::SocketClient client(answering.port());
    client.send(test::get("/") + test::get("/"));
    CHECK(client.receive_to_end().ends_with("\r\n\r\n012"));
    CHECK(answering.leases() == 0);
}

TEST_CASE("a reset answer resets its connection", "[wire][delivery]") {
    Answering answering([](std::string_view path) {
        return path == "/cut" ? Delivery{.cut = Cut{Cut::Part::kBody, 3}, .resets = true} : Delivery{.resets = true};
    });
    for (const std::string path : {"/", "/cut"}) {
        CAPTURE(path);
        test::SocketClient client(answering.port());
        client.send(test::get(path));
        CHECK_THROWS_WITH(client.receive(), Catch::Contains("Connection reset by peer"));
    }
}

TEST_CASE("a held answer whose client resets the connection is given up", "[wire][delivery]") {
    const auto gate = std::make_shared<Gate>();
    Answering answering([&](std::string_view) { return Delivery{.departure = gate}; });
    test::SocketClient client(answering.port());
    client.send(test::get("/"));
    REQUIRE(come_to(answering, 1));
    client.abort();
    CHECK(come_to(answering, 0));
    gate->open();
}

TEST_CASE("gates that open and go while their answers are being parked are missed by nobody", "[wire][delivery]") {
    constexpr std::size_t kClients = 8;
    constexpr int kAnswers = 50;
    std::mutex mutex;
    std::vector<std::shared_ptr<Gate>> made;
    bool is_over = false;
    Answering answering([&](std::string_view) {
        auto gate = std::make_shared<Gate>();
        const std::scoped_lock lock(mutex);
        made.push_back(gate);
        return Delivery{.departure = std::move(gate)};
    });
    std::thread opening([&] {
        for (;;) {
            std::vector<std::shared_ptr<Gate>> gates;
            {
                const std::scoped_lock lock(mutex);
                if (is_over) return;
                gates.swap(made);
            }
            for (const auto& gate : gates) gate->open();
            std::this_thread::yield();
        }
    });
    std::vector<test::SocketClient> clients;
    for (std::size_t i = 0; i < kClients; ++i) clients.emplace_back(answering.port());
    std::size_t received = 0;
    try {
        for (int i = 0; i < kAnswers; ++i) {
            for (auto& client : clients) client.send(test::get("/"));
            for (auto& client : clients) received += client.receive().body == "0123456789" ? 1 : 0;
        }
    } catch (const std::runtime_error& error) {
        UNSCOPED_INFO(error.what());
    }
    {
        const std::scoped_lock lock(mutex);
        is_over = true;
    }
    opening.join();
    CHECK(received == kClients * kAnswers);
}

TEST_CASE("held answers do not keep a server from stopping", "[wire][delivery]") {
    const auto gate = std::make_shared<Gate>();
    {
        Answering answering([&](std::string_view) { return Delivery{.departure = gate}; });
        test::SocketClient client(answering.port());
        client.send(test::get("/"));
        REQUIRE(come_to(answering, 1));
        answering.stop();
        CHECK(client.receive_to_end().empty());
        CHECK(answering.leases() == 0);
    }
    // Nobody waits for it any more.
    gate->open();
}

TEST_CASE("headers reach the handler as the client wrote them", "[wire]") {
    std::promise<std::string> seen;
    server::http::Transport transport(
        [&](const server::http::HttpRequest& request) {
            std::string text;
            for (const auto& [name, value] : request.headers) text += name + '=' + value + '\n';
            seen.set_value(std::move(text));
            return server::http::HttpResponse{.status = 200};
        },
        {});
    test::SocketClient client(transport.start("127.0.0.1", 0).value());
    client.ask("GET / HTTP/1.1\r\nx-B: 2\r\nHOST: mixpanel.com\r\nX-b:%41 \r\nAccept: */*\r\nx-B:  1\r\n\r\n");
    CHECK(seen.get_future().get() == "x-B=2\nHOST=mixpanel.com\nX-b=%41\nAccept=*/*\nx-B=1\n");
}

TEST_CASE("a header line that readers understand differently is refused", "[wire]") {
    const test::ServedApp served;
    using namespace std::string_literals;
    for (const auto& line :
         {"no colon"s, "a b: c"s, "a : c"s, ": c"s, " folded"s, "X: a\r\n\tb"s, "X: a\rb"s, "X: a\0b"s}) {
        CAPTURE(line);
        const auto answer =
            test::SocketClient(served.port()).ask(test::request_head("GET", test::kTarget) + line + "\r\n\r\n");
        CHECK(std::to_string(answer.status) + ' ' + answer.body == R"(400 {"error": "Malformed HTTP request"})");
    }
}
