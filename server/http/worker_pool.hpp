#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace engage::server::http {

/// Runs each job on a thread of its own as long as there are fewer than `maximum`: a connection holds its thread while
/// it lives, so a pool of fixed size would let idle clients starve the others. Threads that become idle are used again.
class WorkerPool {
public:
    explicit WorkerPool(std::size_t maximum) : maximum_(maximum) {}
    ~WorkerPool() { shutdown(); }

    void enqueue(std::function<void()> job);
    /// Waits for the jobs that run or wait. No job may be enqueued any more.
    void shutdown();

private:
    void work();

    const std::size_t maximum_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> jobs_;
    std::vector<std::thread> threads_;
    std::size_t idle_ = 0;
    bool stopping_ = false;
};

}  // namespace engage::server::http
