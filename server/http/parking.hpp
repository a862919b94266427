#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "server/http/delivery.hpp"

namespace engage::server::http {

class Connection;

/// Keeps connections whose answers wait for their departure, so that none of them holds a thread: one thread watches
/// all. It notices clients that reset their connection; one that only ends its own sending may still read. Thread-safe.
class Parking {
public:
    using Resume = std::function<void(std::shared_ptr<Connection>)>;

    /// `resume` is given each connection whose gate has opened; it must not wait.
    explicit Parking(Resume resume);
    ~Parking();
    Parking(const Parking&) = delete;
    Parking& operator=(const Parking&) = delete;

    /// Keeps the connection until the gate opens. After `stop` it is let go, which closes it.
    void park(std::shared_ptr<Connection> connection, std::shared_ptr<Gate> gate);
    /// Lets all go; nothing is resumed any more.
    void stop();

private:
    struct Parked {
        std::shared_ptr<Connection> connection;
        std::shared_ptr<Gate> gate;
    };
    /// Outlives the parking: gates open when they like.
    class Bell;

    void watch();
    /// Takes out those that may go on or whose client is gone; waits until there may be some.
    std::vector<std::shared_ptr<Connection>> take_due();

    const Resume resume_;
    const std::shared_ptr<Bell> bell_;
    std::mutex mutex_;
    std::vector<Parked> parked_;
    bool is_stopping_ = false;
    std::thread watching_;  ///< Begins with the first that is parked.
};

}  // namespace engage::server::http
