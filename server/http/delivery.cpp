#include "server/http/delivery.hpp"

#include <utility>

namespace engage::server::http {

void Gate::open() {
    std::vector<std::function<void()>> waiting;
    {
        const std::scoped_lock lock(mutex_);
        is_open_ = true;
        waiting.swap(waiting_);
    }
    for (const auto& then : waiting) then();
}

bool Gate::is_open() const {
    const std::scoped_lock lock(mutex_);
    return is_open_;
}

void Gate::when_open(std::function<void()> then) {
    {
        const std::scoped_lock lock(mutex_);
        if (!is_open_) {
            waiting_.push_back(std::move(then));
            return;
        }
    }
    then();
}

}  // namespace engage::server::http
