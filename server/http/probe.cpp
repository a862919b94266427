#include "server/http/probe.hpp"

#include <httplib.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "expr/text/shortened.hpp"
#include "server/catalogue/error.hpp"

namespace engage::server::http {

namespace {

void be_patient(httplib::Client& client) {
    constexpr time_t kPatienceSeconds = 2;
    client.set_connection_timeout(kPatienceSeconds);
    client.set_read_timeout(kPatienceSeconds);
}

/// Asks once.
httplib::Result ask(httplib::Client& client, const std::string& target) {
    be_patient(client);
    return client.Get(target.c_str());
}

/// What came of a connection that is being made, as errno has it.
int outcome_of(int connecting) {
    constexpr int kPatienceMilliseconds = 1000;
    pollfd watched{.fd = connecting, .events = POLLOUT, .revents = 0};
    int outcome = 0;
    socklen_t size = sizeof outcome;
    if (::poll(&watched, 1, kPatienceMilliseconds) <= 0) return ETIMEDOUT;
    return ::getsockopt(connecting, SOL_SOCKET, SO_ERROR, &outcome, &size) == 0 ? outcome : errno;
}

/// Whether the machine says that nobody listens there. The library does not tell.
bool is_refused(const std::string& host, int port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return false;
    bool is_refused = true;
    for (const auto* address = found; address != nullptr && is_refused; address = address->ai_next) {
        const int probe = ::socket(address->ai_family, address->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        const bool is_connected = ::connect(probe, address->ai_addr, address->ai_addrlen) == 0;
        const int outcome = is_connected ? 0 : errno == EINPROGRESS ? outcome_of(probe) : errno;
        is_refused = outcome == ECONNREFUSED;
        ::close(probe);
    }
    ::freeaddrinfo(found);
    return is_refused;
}

/// Why there is no answer, for a person who may not have started an emulator yet.
std::string failure_of(const httplib::Result& result, const std::string& host, int port) {
    if (result.error() == httplib::Error::Connection)
        return std::string(is_refused(host, port) ? "connection refused" : "no connection") +
               "; start it with `engage-emulator serve --port " + std::to_string(port) + "`";
    if (result.error() == httplib::Error::Read)
        return "something else answers there, or nothing in time: what came is no HTTP";
    return httplib::to_string(result.error());
}

/// An emulator sends JSON or plain text to whoever asks its own paths.
bool is_foreign(const httplib::Response& response) {
    const auto begin = response.body.find_first_not_of(" \t\r\n");
    const bool is_markup = begin != std::string::npos && response.body[begin] == '<';
    return is_markup || response.get_header_value("Content-Type").find("html") != std::string::npos;
}

std::string foreign_text(const httplib::Response& response) {
    const auto type = response.get_header_value("Content-Type");
    return "something else answers there: " + std::to_string(response.status) +
           (type.empty() ? "" : " with " + expr::text::shortened(type, 40));
}

/// What it says, fit for a terminal.
std::string short_text(std::string text) {
    constexpr std::size_t kLongest = 300;
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, ' ');
    text = expr::text::shortened(std::move(text), kLongest);
    while (text.ends_with(' ')) text.pop_back();
    return text;
}

}  // namespace

ProbeOutcome probe_ready(const std::string& host, int port) {
    httplib::Client client(host, port);
    const auto result = ask(client, "/readyz");
    if (!result) return {false, failure_of(result, host, port)};
    const bool is_ok = result->status == catalogue::kOk;
    if (is_ok && result->body == "ready\n") return {true, {}};
    if (is_ok || is_foreign(*result)) return {false, short_text(foreign_text(*result))};
    return {false, "it answers " + std::to_string(result->status)};
}

Expected<std::string, std::string> fetch(const std::string& host, int port, const std::string& target,
                                         const std::string& control_token) {
    httplib::Client client(host, port);
    if (!control_token.empty()) client.set_bearer_token_auth(control_token.c_str());
    const auto result = ask(client, target);
    if (!result) return unexpected(failure_of(result, host, port));
    if (is_foreign(*result)) return unexpected(short_text(foreign_text(*result)));
    if (result->status != catalogue::kOk)
        return unexpected("it answers " + std::to_string(result->status) + ": " + short_text(result->body));
    return result->body;
}

}  // namespace engage::server::http
