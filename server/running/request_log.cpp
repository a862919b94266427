#include "server/running/request_log.hpp"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <exception>
#include <utility>

namespace engage::server::running {

namespace {

constexpr std::size_t kMostPending = 1024 * 1024;
// Under load a write takes what has come in the meantime; a line that comes alone is written at once.
constexpr std::chrono::milliseconds kPause{10};
constexpr std::chrono::milliseconds kLogPatience{2000};
// A pipe that is ready takes so much without blocking, and in one piece.
constexpr std::size_t kPiece = 4096;

std::string dropped_line(std::size_t count, LogForm form) {
    const auto number = std::to_string(count);
    if (form.is_json) return R"({"event":"dropped","lines":)" + number + "}\n";
    return "engage-emulator: " + number + (count == 1 ? " line" : " lines") +
           " of the log dropped: they were not read in time\n";
}

bool is_file(int descriptor) {
    struct stat status {};
    return ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

/// Whole lines where they fit.
std::string_view piece_of(std::string_view text, bool never_blocks) {
    if (never_blocks || text.size() <= kPiece) return text;
    const auto end = text.rfind('\n', kPiece - 1);
    return text.substr(0, end == std::string_view::npos ? kPiece : end + 1);
}

}  // namespace

RequestLog::RequestLog(int descriptor, LogForm form, bool is_quiet)
    : descriptor_(descriptor), form_(form), is_quiet_(is_quiet), never_blocks_(is_file(descriptor)), writer_([this] {
          run();
      }) {}

RequestLog::~RequestLog() {
    {
        const std::scoped_lock lock(mutex_);
        is_ending_ = true;
    }
    come_.notify_one();
    writer_.join();
}

void RequestLog::answered(const space::Exchange& exchange) noexcept {
    try {
        auto lines = failure_line(exchange, form_);
        if (!is_quiet_ && is_logged(exchange)) lines += log_line(exchange, form_);
        if (!lines.empty()) take(std::move(lines));
    } catch (const std::exception&) {
        // Out of memory: the answer matters more than its line.
        const std::scoped_lock lock(mutex_);
        ++dropped_;
    }
}

void RequestLog::take(std::string line) {
    bool is_to_be_woken = false;
    {
        const std::scoped_lock lock(mutex_);
        if (pending_.size() + line.size() > kMostPending) {
            ++dropped_;
            return;
        }
        pending_ += line;
        is_to_be_woken = !std::exchange(is_writing_, true);
    }
    if (is_to_be_woken) come_.notify_one();
}

void RequestLog::drain() {
    std::unique_lock lock(mutex_);
    gone_.wait_for(lock, kLogPatience, [&] { return !is_writing_; });
}

std::string RequestLog::next() {
    std::unique_lock lock(mutex_);
    if (pending_.empty() && dropped_ == 0) {
        is_writing_ = false;
        gone_.notify_all();
        come_.wait(lock, [&] { return is_ending_ || is_writing_; });
    }
    auto text = std::exchange(pending_, {});
    if (const auto count = std::exchange(dropped_, 0); count > 0) text += dropped_line(count, form_);
    return text;
}

void RequestLog::run() {
    for (auto text = next(); !text.empty(); text = next()) {
        write(text);
        std::unique_lock lock(mutex_);
        come_.wait_for(lock, kPause, [&] { return is_ending_; });
    }
}

bool RequestLog::is_writable() const {
    pollfd watched{.fd = descriptor_, .events = POLLOUT, .revents = 0};
    return ::poll(&watched, 1, static_cast<int>(kPause.count())) != 0;
}

void RequestLog::write(std::string_view text) {
    auto last = std::chrono::steady_clock::now();
    while (!text.empty()) {
        if (!is_writable()) {
            const std::scoped_lock lock(mutex_);
            if (is_ending_ && std::chrono::steady_clock::now() - last > kLogPatience) return;
            continue;
        }
        const auto piece = piece_of(text, never_blocks_);
        const auto written = ::write(descriptor_, piece.data(), piece.size());
        if (written < 0 && errno != EINTR && errno != EAGAIN) return;  // Nobody is there to read it, or to be told.
        if (written <= 0) continue;
        text.remove_prefix(static_cast<std::size_t>(written));
        last = std::chrono::steady_clock::now();
    }
}

}  // namespace engage::server::running
