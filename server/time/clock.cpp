#include "server/time/clock.hpp"

namespace engage::server::time {

namespace {

TimePoint wall_clock() { return std::chrono::floor<Duration>(std::chrono::system_clock::now()); }

}  // namespace

Clock::Clock(std::optional<TimePoint> start) : start_(start), frozen_(start) {}

TimePoint Clock::now_locked() const { return frozen_ ? *frozen_ : wall_clock() + offset_; }

TimePoint Clock::now() const {
    const std::scoped_lock lock(mutex_);
    return now_locked();
}

bool Clock::is_frozen() const {
    const std::scoped_lock lock(mutex_);
    return frozen_.has_value();
}

void Clock::freeze(std::optional<TimePoint> at) {
    const std::scoped_lock lock(mutex_);
    frozen_ = at ? *at : now_locked();
}

bool Clock::can_show(TimePoint time) {
    constexpr std::chrono::sys_days kEnd = std::chrono::year{10'000} / 1 / 1;
    return time >= TimePoint{} && time < kEnd;
}

bool Clock::advance(Duration step) {
    const std::scoped_lock lock(mutex_);
    if (!can_show(now_locked() + step)) return false;
    if (frozen_)
        *frozen_ += step;
    else
        offset_ += step;
    return true;
}

void Clock::set(TimePoint at) {
    const std::scoped_lock lock(mutex_);
    if (frozen_)
        frozen_ = at;
    else
        offset_ = at - wall_clock();
}

void Clock::resume() {
    const std::scoped_lock lock(mutex_);
    if (!frozen_) return;
    offset_ = *frozen_ - wall_clock();
    frozen_.reset();
}

void Clock::set_start(std::optional<TimePoint> start) {
    {
        const std::scoped_lock lock(mutex_);
        start_ = start;
    }
    reset();
}

void Clock::reset() {
    const std::scoped_lock lock(mutex_);
    frozen_ = start_;
    offset_ = Duration{0};
}

}  // namespace engage::server::time
