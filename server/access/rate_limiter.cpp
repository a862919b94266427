#include "server/access/rate_limiter.hpp"
#include "server/catalogue/errors/access.hpp"
#include "server/catalogue/switches/limits.hpp"

#include <algorithm>

namespace engage::server::access {

namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr time::Duration kHour = hours{1};
constexpr time::Duration kSecond = seconds{1};

/// An entry of exactly one window ago no longer counts.
void forget_outside(std::deque<time::TimePoint>& admitted, time::TimePoint now) {
    while (!admitted.empty() && now - admitted.front() >= kHour) admitted.pop_front();
    while (!admitted.empty() && admitted.back() > now) admitted.pop_back();
}

std::string policy(const QueryLimits& limits) {
    std::string text;
    if (limits.per_hour) text = "\"project\";q=" + std::to_string(*limits.per_hour) + ";w=3600";
    if (limits.concurrent) {
        text += text.empty() ? "" : ", ";
        text += "\"project-concurrency\";q=" + std::to_string(*limits.concurrent) + ";qu=\"concurrent-requests\"";
    }
    return text;
}

std::uint32_t left(std::uint32_t limit, std::uint32_t used) { return limit > used ? limit - used : 0; }

catalogue::ApiError concurrency_refusal(std::uint64_t project_id, const QueryLimits& limits, std::uint32_t in_hour,
                                        std::uint32_t running) {
    std::string state;
    if (limits.per_hour) state = "\"project\";r=" + std::to_string(left(*limits.per_hour, in_hour)) + ", ";
    // The recorded header says t=10; no Retry-After of this refusal is published, so it repeats the ten seconds.
    return {catalogue::errors::kConcurrency,
            {std::to_string(project_id), std::to_string(running + 1), std::to_string(*limits.concurrent)},
            {{"RateLimit-Policy", policy(limits)},
             {"RateLimit", state + "\"project-concurrency\";r=0;t=10"},
             {"Retry-After", "10"}}};
}

}  // namespace

catalogue::ApiError RateLimiter::hourly_refusal(std::uint64_t project_id, const QueryLimits& limits,
                                                const Window& window, time::TimePoint now) const {
    auto wait = std::chrono::ceil<seconds>(kHour);
    if (switches_.choice(catalogue::switches::kQuotaRetryAfter) == catalogue::switches::QuotaRetryAfter::kRemaining &&
        !window.admitted.empty())
        wait = std::chrono::ceil<seconds>(window.admitted.front() + kHour - now);
    const auto wait_text = std::to_string(wait.count());
    std::string state = "\"project\";r=0;t=" + wait_text;
    if (limits.concurrent)
        state += ", \"project-concurrency\";r=" + std::to_string(left(*limits.concurrent, *window.running));
    return {catalogue::errors::kHourlyQuota,
            {std::to_string(project_id), std::to_string(window.admitted.size() + 1), std::to_string(*limits.per_hour)},
            {{"RateLimit-Policy", policy(limits)}, {"RateLimit", state}, {"Retry-After", wait_text}}};
}

Expected<RateLimiter::Permit, catalogue::ApiError> RateLimiter::admit(std::uint64_t project_id,
                                                                      const QueryLimits& limits, QueryWeight weight,
                                                                      time::TimePoint now) {
    const std::scoped_lock lock(state_->mutex);
    auto& window = state_->windows[project_id];
    forget_outside(window.admitted, now);
    if (weight.counted && limits.per_hour && window.admitted.size() >= *limits.per_hour)
        return unexpected(hourly_refusal(project_id, limits, window, now));
    if (weight.takes_slot && limits.concurrent && *window.running >= *limits.concurrent)
        return unexpected(concurrency_refusal(project_id, limits, static_cast<std::uint32_t>(window.admitted.size()),
                                              *window.running));
    if (weight.counted && limits.per_second) {
        const auto recent = std::count_if(window.admitted.begin(), window.admitted.end(),
                                          [&](time::TimePoint at) { return now - at < kSecond; });
        if (static_cast<std::uint64_t>(recent) >= *limits.per_second)
            return unexpected(catalogue::ApiError{catalogue::errors::kLoadShed, {std::to_string(project_id)}});
    }
    // Without a bound nothing has to be remembered, and a server that runs for weeks keeps its size.
    if (weight.counted && (limits.per_hour || limits.per_second)) window.admitted.push_back(now);
    if (!weight.takes_slot) return Permit{};
    ++*window.running;
    return Permit(window.running.get(), [state = state_, running = window.running](const void*) {
        const std::scoped_lock release(state->mutex);
        --*running;
    });
}

QueryUsage RateLimiter::usage(std::uint64_t project_id, time::TimePoint now) const {
    const std::scoped_lock lock(state_->mutex);
    const auto window = state_->windows.find(project_id);
    if (window == state_->windows.end()) return {};
    forget_outside(window->second.admitted, now);
    return {static_cast<std::uint32_t>(window->second.admitted.size()), *window->second.running};
}

void RateLimiter::reset() {
    const std::scoped_lock lock(state_->mutex);
    for (auto& [project_id, window] : state_->windows) window.admitted.clear();
}

}  // namespace engage::server::access
