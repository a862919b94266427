#include "server/http/parking.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <poll.h>

#include <cstdint>
#include <unordered_set>
#include <utility>

#include "server/http/connection.hpp"

namespace engage::server::http {

class Parking::Bell {
public:
    Bell() : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
    ~Bell() { ::close(event_); }
    Bell(const Bell&) = delete;
    Bell& operator=(const Bell&) = delete;

    void ring() const {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(event_, &one, sizeof one);
    }
    void silence() const {
        std::uint64_t count = 0;
        [[maybe_unused]] const auto got = ::read(event_, &count, sizeof count);
    }
    int descriptor() const { return event_; }

private:
    const int event_;
};

Parking::Parking(Resume resume) : resume_(std::move(resume)), bell_(std::make_shared<Bell>()) {}

Parking::~Parking() { stop(); }

void Parking::park(std::shared_ptr<Connection> connection, std::shared_ptr<Gate> gate) {
    {
        const std::scoped_lock lock(mutex_);
        if (is_stopping_) return;
        parked_.push_back({std::move(connection), gate});
        if (!watching_.joinable()) watching_ = std::thread([this] { watch(); });
    }
    // The connection is watched before the gate can say that it is open, so no opening is missed. It may have gone on,
    // and given its answer up, before this line.
    gate->when_open([bell = bell_] { bell->ring(); });
    bell_->ring();
}

void Parking::stop() {
    {
        const std::scoped_lock lock(mutex_);
        is_stopping_ = true;
    }
    bell_->ring();
    if (watching_.joinable()) watching_.join();
    const std::scoped_lock lock(mutex_);
    parked_.clear();
}

void Parking::watch() {
    for (;;) {
        auto due = take_due();
        const std::scoped_lock lock(mutex_);
        if (is_stopping_) return;
        for (auto& connection : due) resume_(std::move(connection));
    }
}

std::vector<std::shared_ptr<Connection>> Parking::take_due() {
    std::vector<pollfd> watched{{bell_->descriptor(), POLLIN, 0}};
    {
        const std::scoped_lock lock(mutex_);
        // Resets and errors are always told; what the client sends meanwhile is not asked for.
        for (const auto& parked : parked_) watched.push_back({parked.connection->socket(), 0, 0});
    }
    ::poll(watched.data(), watched.size(), -1);
    bell_->silence();
    std::unordered_set<int> gone;
    for (const auto& socket : watched)
        if ((socket.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0) gone.insert(socket.fd);
    std::vector<std::shared_ptr<Connection>> due;
    const std::scoped_lock lock(mutex_);
    std::erase_if(parked_, [&](Parked& parked) {
        if (gone.contains(parked.connection->socket())) return true;
        if (!parked.gate->is_open()) return false;
        due.push_back(std::move(parked.connection));
        return true;
    });
    return due;
}

}  // namespace engage::server::http
