#include "server/http/transport.hpp"

#include <netinet/in.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <httplib.h>
#include <strings.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <thread>

#include "server/http/connection.hpp"
#include "server/http/worker_pool.hpp"

namespace engage::server {

namespace {

constexpr int kBacklog = 1024;
/// The only target that the library sees: see Connection.
constexpr const char* kEveryTarget = "/";

/// The library's queue interface over our pool.
class Connections final : public httplib::TaskQueue {
public:
    explicit Connections(std::size_t maximum) : pool_(maximum) {}
    void enqueue(std::function<void()> job) override { pool_.enqueue(std::move(job)); }
    void shutdown() override { pool_.shutdown(); }

private:
    WorkerPool pool_;
};

/// The connection that the current thread serves; the library's handlers cannot be given anything of ours.
thread_local Connection* current = nullptr;

bool is_target_too_long(const Connection& connection) { return connection.fault() == RequestFault::kTargetTooLong; }

std::string in_chunks(std::string_view body) {
    constexpr std::size_t kChunk = 16 * 1024;
    std::string framed;
    framed.reserve(body.size() + body.size() / 1024 + 64);
    while (!body.empty()) {
        const auto chunk = body.substr(0, kChunk);
        char size[24];
        framed.append(size, static_cast<std::size_t>(std::snprintf(size, sizeof size, "%zx\r\n", chunk.size())));
        framed.append(chunk).append("\r\n");
        body.remove_prefix(chunk.size());
    }
    return framed + "0\r\n\r\n";
}

/// The library reads no body of these.
bool is_without_body(const httplib::Request& request) {
    return request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS";
}

bool has_unread_body(const httplib::Request& request) {
    if (!is_without_body(request)) return false;
    return request.has_header("Transfer-Encoding") ||
           request.get_header_value("Content-Length", 0).find_first_not_of('0') != std::string::npos;
}

bool is_chunked(const httplib::Request& request) {
    return strcasecmp(request.get_header_value("Transfer-Encoding").c_str(), "chunked") == 0;
}

void set_length(httplib::Request& request, std::size_t length) {
    request.headers.erase("Content-Length");
    request.set_header("Content-Length", std::to_string(length));
}

}  // namespace

/// cpp-httplib parses the request's head and body framing and writes the answer's head; reading, sending and the life
/// of connections are ours (see Connection).
struct Transport::Impl final : httplib::Server {
    Impl(RequestHandler handle, TransportLimits bounds, TransportKind speaks)
        : handler(std::move(handle)), limits(bounds), kind(std::move(speaks)), stop_event(::eventfd(0, EFD_CLOEXEC)) {
        new_task_queue = [this] { return new Connections(limits.connections); };
        set_tcp_nodelay(true);
        set_socket_options([this](socket_t socket) {
            // Not SO_REUSEPORT, the library's default: two emulators would share a port silently.
            const int yes = 1;
            ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
            listener = socket;
        });
        Get(kEveryTarget,
            [this](const httplib::Request& request, httplib::Response& response) { answer(request, response, {}); });
        Options(kEveryTarget, [this](const httplib::Request& request, httplib::Response& response) {
            answer(request, response, {});
        });
        const auto with_body = [this](const httplib::Request& request, httplib::Response& response,
                                      const httplib::ContentReader& reader) {
            answer_with_body(request, response, reader);
        };
        Post(kEveryTarget, with_body);
        Put(kEveryTarget, with_body);
        Patch(kEveryTarget, with_body);
        Delete(kEveryTarget, with_body);
        // The recordings have no such headers, and the library would announce limits that are not ours.
        set_post_routing_handler([](const httplib::Request&, httplib::Response& response) {
            for (const auto* name : {"Keep-Alive", "Accept-Ranges"}) response.headers.erase(name);
            if (response.has_header("Transfer-Encoding")) response.headers.erase("Content-Length");
        });
        set_error_handler([this](const httplib::Request& request, httplib::Response& response) {
            // An answer that is not ours is the library's own refusal of what it could not parse.
            if (current->has_answer()) return;
            // The library's own status: a Range that it cannot read is its only reason, and one that is to be ignored.
            constexpr int kRangeRefused = 416;
            const bool is_readable = response.status == kRangeRefused && is_without_body(request);
            if (request.method == "HEAD") current->omit_body();
            if (!is_readable || has_unread_body(request)) current->close_after_answer();
            answer(request, response, {}, is_readable ? RequestFault::kNone : RequestFault::kMalformed);
        });
    }
    ~Impl() override { ::close(stop_event); }

    bool process_and_close_socket(socket_t socket) override;
    /// Settles the length of a body where the library would read on until the client closes, or for nothing.
    void frame_body(httplib::Request& request) const;
    void answer_with_body(const httplib::Request& request, httplib::Response& response,
                          const httplib::ContentReader& reader);
    void answer(const httplib::Request& request, httplib::Response& response, std::string body,
                RequestFault fault = RequestFault::kNone);

    const RequestHandler handler;
    const TransportLimits limits;
    const TransportKind kind;
    const int stop_event;
    socket_t listener = -1;
    std::thread accepting;
};

bool Transport::Impl::process_and_close_socket(socket_t socket) {
    Connection connection(socket, stop_event, limits, kind.tls.get(), kind.proxy.get());
    current = &connection;
    const auto prepare = [this, &connection](httplib::Request& request) {
        connection.end_head(request.get_header_value("Accept-Encoding"));
        // What the library would otherwise act upon: brotli at its slowest, form and multipart parsing, byte ranges.
        for (const auto* name : {"Accept-Encoding", "Content-Type", "Range"}) request.headers.erase(name);
        request.ranges.clear();
        if (request.method == "HEAD") connection.omit_body();
        if (has_unread_body(request)) connection.close_after_answer();
        frame_body(request);
    };
    while (connection.await_request()) {
        bool is_last = false;
        if (!process_request(connection, is_target_too_long(connection), is_last, prepare))
            connection.close_after_answer();
        if (!connection.flush()) break;
        if (connection.closes_after_answer()) connection.discard_input();
        if (is_last || connection.closes_after_answer()) break;
    }
    current = nullptr;
    return true;
}

void Transport::Impl::frame_body(httplib::Request& request) const {
    if (is_without_body(request) || is_chunked(request)) return;
    if (request.has_header("Transfer-Encoding")) {
        // A coding that the library does not know: where the body ends cannot be told.
        set_length(request, 0);
        current->close_after_answer();
    } else if (!request.has_header("Content-Length")) {
        set_length(request, 0);
    } else if (request.get_header_value<std::uint64_t>("Content-Length") > limits.body_bytes) {
        request.headers.erase("Expect");
        set_length(request, 0);
        current->refuse_body();
    }
}

void Transport::Impl::answer_with_body(const httplib::Request& request, httplib::Response& response,
                                       const httplib::ContentReader& reader) {
    std::string body;
    bool is_too_large = false;
    const bool is_whole = reader([&](const char* data, std::size_t size) {
        is_too_large = body.size() + size > limits.body_bytes;
        if (!is_too_large) body.append(data, size);
        return !is_too_large;
    });
    auto fault = RequestFault::kNone;
    if (is_too_large || current->refuses_body())
        fault = RequestFault::kBodyTooLarge;
    else if (!is_whole)
        fault = RequestFault::kBodyIncomplete;
    // What is left of a body must not be read as the next request.
    if (fault != RequestFault::kNone) current->close_after_answer();
    answer(request, response, std::move(body), fault);
}

void Transport::Impl::answer(const httplib::Request& request, httplib::Response& response, std::string body,
                             RequestFault fault) {
    HttpRequest ours{
        .method = request.method, .target = current->target(), .headers = {}, .body = std::move(body), .fault = fault};
    if (current->fault() != RequestFault::kNone) ours.fault = current->fault();
    ours.headers.assign(request.headers.begin(), request.headers.end());
    if (!current->accept_encoding().empty()) ours.headers.emplace_back("Accept-Encoding", current->accept_encoding());
    if (!current->authority().empty()) {
        std::erase_if(ours.headers, [](const Header& header) { return strcasecmp(header.first.c_str(), "Host") == 0; });
        ours.headers.emplace_back("Host", current->authority());
    }
    auto sent = handler(ours);
    response.status = sent.status;
    for (const auto& [name, value] : sent.headers) response.set_header(name, value);
    if (sent.is_chunked && request.version == "HTTP/1.1") {
        sent.body = in_chunks(sent.body);
        response.set_header("Transfer-Encoding", "chunked");
    } else {
        response.set_header("Content-Length", std::to_string(sent.body.size()));
    }
    // For the other two cases the library adds the header itself.
    if (current->closes_after_answer() && !is_target_too_long(*current) &&
        request.get_header_value("Connection") != "close")
        response.set_header("Connection", "close");
    current->set_answer(std::move(sent));
}

Transport::Transport(RequestHandler handler, TransportLimits limits, TransportKind kind)
    : impl_(std::make_unique<Impl>(std::move(handler), limits, std::move(kind))) {}

Transport::~Transport() {
    if (impl_->accepting.joinable()) stop();
}

Expected<int, std::string> Transport::start(const std::string& host, int port) {
    errno = 0;
    const int bound = port == 0 ? impl_->bind_to_any_port(host) : (impl_->bind_to_port(host, port) ? port : -1);
    if (bound < 0) {
        const auto* reason = errno != 0 ? std::strerror(errno) : "the address cannot be resolved";
        return unexpected("cannot listen on " + host + ":" + std::to_string(port) + ": " + reason);
    }
    // The library listens with a backlog of 5, which drops the connections of a burst; the second call only raises it.
    ::listen(impl_->listener, kBacklog);
    impl_->accepting = std::thread([this] { impl_->listen_after_bind(); });
    // stop() has no effect on a library that does not run yet.
    while (!impl_->is_running()) std::this_thread::yield();
    return bound;
}

void Transport::stop() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(impl_->stop_event, &one, sizeof one);
    impl_->Server::stop();
    impl_->accepting.join();
}

}  // namespace engage::server
