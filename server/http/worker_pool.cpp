#include "server/http/worker_pool.hpp"

#include <system_error>

namespace engage::server::http {

void WorkerPool::enqueue(std::function<void()> job) {
    {
        const std::scoped_lock lock(mutex_);
        jobs_.push_back(std::move(job));
        if (jobs_.size() <= idle_ || threads_.size() >= maximum_) {
            wake_.notify_one();
            return;
        }
        try {
            threads_.emplace_back([this] { work(); });
        } catch (const std::system_error&) {
            // The machine gives us no more threads: the job waits for one that we have.
            if (threads_.empty()) throw;
        }
    }
    wake_.notify_one();
}

void WorkerPool::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        ++idle_;
        wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
        --idle_;
        if (jobs_.empty()) return;
        auto job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        job();
        lock.lock();
    }
}

void WorkerPool::shutdown() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

}  // namespace engage::server::http
