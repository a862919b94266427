#include "server/http/transport.hpp"

#include <netinet/in.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <httplib.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <thread>

#include "server/http/connection.hpp"
#include "server/http/parking.hpp"
#include "server/http/worker_pool.hpp"

namespace engage::server::http {

namespace {

constexpr int kBacklog = 1024;
/// The only target that the library sees: see Connection.
constexpr const char* kEveryTarget = "/";
constexpr std::string_view kOldVersion = "HTTP/1.0";

/// The library's queue interface over our pool. However the library comes to its end, nothing is resumed in a pool that
/// has gone.
class Connections final : public httplib::TaskQueue {
public:
    Connections(std::size_t maximum, Parking& parking) : pool_(maximum), parking_(parking) {}
    void enqueue(std::function<void()> job) override { pool_.enqueue(std::move(job)); }
    void shutdown() override {
        parking_.stop();
        pool_.shutdown();
    }

private:
    WorkerPool pool_;
    Parking& parking_;
};

/// The connection that the current thread serves; the library's handlers cannot be given anything of ours.
thread_local Connection* current = nullptr;

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

/// Whether the client wants to send another request on this connection.
bool keeps_open(const HttpRequest& request, std::string_view version) {
    const auto list = request.header_list("Connection");
    const auto options = list_items(list);
    const auto has = [&](std::string_view option) {
        return std::any_of(options.begin(), options.end(),
                           [&](std::string_view item) { return equal_ignoring_case(item, option); });
    };
    return !has("close") && (version != kOldVersion || has("keep-alive"));
}

}  // namespace

/// cpp-httplib parses the request's head and writes the answer's; bodies, sending and the life of connections are ours
/// (see Connection).
struct Transport::Impl final : httplib::Server {
    Impl(RequestHandler handle, TransportLimits bounds, TransportKind speaks)
        : handler(std::move(handle)), limits(bounds), kind(std::move(speaks)), stop_event(::eventfd(0, EFD_CLOEXEC)) {
        new_task_queue = [this] {
            auto* made = new Connections(limits.connections, parking);  // The library owns it until it has stopped.
            workers = made;
            return made;
        };
        set_tcp_nodelay(true);
        set_socket_options([this](socket_t socket) {
            // Not SO_REUSEPORT, the library's default: two emulators would share a port silently.
            const int yes = 1;
            ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
            listener = socket;
        });
        const auto answer_taken = [this](const httplib::Request& request, httplib::Response& response) {
            answer(request, response);
        };
        Get(kEveryTarget, answer_taken);
        Options(kEveryTarget, answer_taken);
        Post(kEveryTarget, answer_taken);
        Put(kEveryTarget, answer_taken);
        Patch(kEveryTarget, answer_taken);
        Delete(kEveryTarget, answer_taken);
        set_post_routing_handler([](const httplib::Request& request, httplib::Response& response) {
            // The recordings have no such headers, and the library would announce limits that are not ours.
            for (const auto* name : {"Keep-Alive", "Accept-Ranges"}) response.headers.erase(name);
            if (response.has_header("Transfer-Encoding")) response.headers.erase("Content-Length");
            response.headers.erase("Connection");
            if (current->closes_after_answer())
                response.set_header("Connection", "close");
            else if (request.version == kOldVersion)
                response.set_header("Connection", "keep-alive");
        });
        set_error_handler([this](const httplib::Request& request, httplib::Response& response) {
            // An answer that is not ours is the library's own refusal of what it could not parse.
            if (current->has_answer()) return;
            // The library's own status: a Range that it cannot read is its only reason, and one that is to be ignored.
            constexpr int kRangeRefused = 416;
            take(request, response.status == kRangeRefused ? RequestFault::kNone : RequestFault::kMalformed);
            answer(request, response);
        });
    }
    ~Impl() override { ::close(stop_event); }

    bool process_and_close_socket(socket_t socket) override;
    /// Answers its requests until it is over, or parks it until an answer may leave. One with an answer goes on with
    /// that.
    void serve(std::shared_ptr<Connection> connection);
    /// Lets the library read a request, has it answered and lets the library write the head.
    void process(Connection& connection);
    /// Takes the request out of the library's hands, which knows its head, and reads its body.
    static void take(const httplib::Request& request, RequestFault fault);
    void answer(const httplib::Request& request, httplib::Response& response) const;

    const RequestHandler handler;
    const TransportLimits limits;
    const TransportKind kind;
    const int stop_event;
    socket_t listener = -1;
    httplib::TaskQueue* workers = nullptr;
    Parking parking{[this](std::shared_ptr<Connection> connection) {
        workers->enqueue([this, connection = std::move(connection)] { serve(connection); });
    }};
    std::thread accepting;
};

bool Transport::Impl::process_and_close_socket(socket_t socket) {
    serve(std::make_shared<Connection>(socket, stop_event, limits, kind.tls.get(), kind.proxy.get()));
    return true;
}

void Transport::Impl::serve(std::shared_ptr<Connection> connection) {
    for (;;) {
        if (!connection->has_answer()) {
            if (!connection->await_request()) return;
            process(*connection);
        }
        if (auto gate = connection->departure()) {
            parking.park(std::move(connection), std::move(gate));
            return;
        }
        if (!connection->flush()) return;
        if (!connection->closes_after_answer()) continue;
        connection->discard_input();
        return;
    }
}

void Transport::Impl::process(Connection& connection) {
    current = &connection;
    const auto take_over = [](httplib::Request& request) {
        take(request, RequestFault::kNone);
        // The library would act upon what is left to it: a body, brotli at its slowest, form and multipart parsing,
        // byte ranges.
        request.headers = {{"Content-Length", "0"}};
        request.ranges.clear();
    };
    bool is_last = false;
    if (!process_request(connection, /*close_connection=*/false, is_last, take_over)) connection.close_after_answer();
    current = nullptr;
}

void Transport::Impl::take(const httplib::Request& request, RequestFault fault) {
    HttpRequest ours{.method = request.method,
                     .target = current->target(),
                     .headers = {},
                     .body = {},
                     .fault = current->fault() != RequestFault::kNone ? current->fault() : fault};
    // The library sorts the headers and decodes what looks escaped.
    if (auto headers = current->headers())
        ours.headers = *std::move(headers);
    else if (ours.fault == RequestFault::kNone)
        ours.fault = RequestFault::kMalformed;
    if (!current->authority().empty()) {
        std::erase_if(ours.headers,
                      [](const catalogue::Header& header) { return equal_ignoring_case(header.first, "Host"); });
        ours.headers.emplace_back("Host", current->authority());
    }
    if (request.method == "HEAD") current->omit_body();
    if (ours.fault != RequestFault::kNone || !keeps_open(ours, request.version)) current->close_after_answer();
    current->receive(std::move(ours));
}

void Transport::Impl::answer(const httplib::Request& request, httplib::Response& response) const {
    auto sent = handler(current->hand_over());
    response.status = sent.status;
    for (const auto& [name, value] : sent.headers) response.set_header(name, value);
    if (sent.is_chunked && request.version == "HTTP/1.1") {
        sent.body = in_chunks(sent.body);
        response.set_header("Transfer-Encoding", "chunked");
    } else {
        response.set_header("Content-Length", std::to_string(sent.body.size()));
    }
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

}  // namespace engage::server::http
