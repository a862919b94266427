#include "server/running/request_log.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "server/app/app.hpp"

using namespace engage;
using server::running::RequestLog;

namespace {

/// A pipe, and an emulator whose requests are told of in it.
class Piped {
public:
    explicit Piped(bool is_quiet = false) {
        REQUIRE(::pipe(ends_.data()) == 0);
        log_ = std::make_shared<RequestLog>(ends_[1], server::running::LogForm{}, is_quiet);
        app_.emplace(server::catalogue::Settings{});
        app_->observe(log_);
    }
    ~Piped() {
        end();
        ::close(ends_[0]);
    }
    Piped(const Piped&) = delete;
    void ask(int number) {
        app_->handle({.method = "GET", .target = "/" + std::to_string(number), .headers = {}, .body = {}});
    }
    void drain() { log_->drain(); }
    /// The log ends, as with the program.
    void end() {
        app_.reset();
        log_.reset();
        if (ends_[1] >= 0) ::close(ends_[1]);
        ends_[1] = -1;
    }
    std::string read_some() const {
        std::array<char, 65536> buffer{};
        const auto size = ::read(ends_[0], buffer.data(), buffer.size());
        return {buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
    }
    std::string read_all() const {
        std::string all;
        for (auto some = read_some(); !some.empty(); some = read_some()) all += some;
        return all;
    }

private:
    std::array<int, 2> ends_{};
    std::shared_ptr<RequestLog> log_;
    std::optional<server::app::App> app_;
};

auto lines_of(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

}  // namespace

TEST_CASE("a line is there once the log is drained", "[log]") {
    Piped piped;
    piped.ask(1);
    piped.drain();
    CHECK(piped.read_some().find(" GET /1 -> 503 ") != std::string::npos);
}

TEST_CASE("no line is lost between threads and at the end", "[log]") {
    constexpr int kThreads = 4;
    constexpr int kEach = 500;
    Piped piped;
    std::string all;
    std::thread reader([&] { all = piped.read_all(); });
    std::vector<std::thread> clients;
    for (int i = 0; i < kThreads; ++i)
        clients.emplace_back([&] {
            for (int n = 0; n < kEach; ++n) piped.ask(n);
        });
    for (auto& client : clients) client.join();
    piped.end();
    reader.join();
    CHECK(lines_of(all) == kThreads * kEach);
}

TEST_CASE("requests do not wait for a reader that does not read, who is told how many lines that cost", "[log]") {
    // Far more than the pipe and the bound take together.
    constexpr int kRequests = 40'000;
    Piped piped;
    for (int n = 0; n < kRequests; ++n) piped.ask(n);
    std::string all;
    std::thread reader([&] { all = piped.read_all(); });
    piped.end();
    reader.join();
    const auto word = all.find("engage-emulator: ");
    REQUIRE(word != std::string::npos);
    const auto dropped = std::stoi(all.substr(word + std::string("engage-emulator: ").size()));
    CHECK(dropped > 0);
    CHECK(lines_of(all) - 1 + dropped == kRequests);
    CHECK(all.substr(word, all.find('\n', word) - word) ==
          "engage-emulator: " + std::to_string(dropped) + " lines of the log dropped: they were not read in time");
}

TEST_CASE("a quiet log tells of no request", "[log]") {
    Piped piped(/*is_quiet=*/true);
    piped.ask(1);
    piped.end();
    CHECK(piped.read_all().empty());
}
