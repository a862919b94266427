#include "server/access/rate_limiter.hpp"
#include "server/http/error_response.hpp"

#include <catch2/catch.hpp>
#include <deque>
#include <random>

using namespace engage;
using namespace engage::server;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t kProject = 42;

/// The rules once more, as slowly and plainly as they can be said.
class Model {
public:
    explicit Model(access::QueryLimits limits) : limits_(limits) {}

    bool admits(access::QueryWeight weight, time::TimePoint now, std::uint32_t running) {
        if (weight.counted && count_since(now - 1h) >= *limits_.per_hour) return false;
        if (weight.takes_slot && running >= *limits_.concurrent) return false;
        if (weight.counted && limits_.per_second && count_since(now - 1s) >= *limits_.per_second) return false;
        if (weight.counted) admitted_.push_back(now);
        return true;
    }
    /// Admitted after `start`.
    std::uint32_t count_since(time::TimePoint start) const {
        return static_cast<std::uint32_t>(
            std::count_if(admitted_.begin(), admitted_.end(), [&](time::TimePoint at) { return at > start; }));
    }
    const std::vector<time::TimePoint>& admitted() const { return admitted_; }

private:
    access::QueryLimits limits_;
    std::vector<time::TimePoint> admitted_;
};

}  // namespace

TEST_CASE("the limiter decides as the model, for random arrivals on a virtual clock", "[rate]") {
    const auto seed = GENERATE(range(1U, 41U));
    CAPTURE(seed);
    std::mt19937 random(seed);
    const access::QueryLimits limits{.per_hour = seed % 2 ? 60 : 1 + random() % 80,
                                     .concurrent = 1 + random() % 6,
                                     .per_second = seed % 3 ? std::optional<std::uint32_t>{} : 3};
    const catalogue::Switches switches;
    access::RateLimiter limiter(switches);
    Model model(limits);
    std::vector<access::RateLimiter::Permit> running;
    time::TimePoint now{};
    for (int i = 0; i < 3000; ++i) {
        now += std::chrono::milliseconds(random() % 4 == 0 ? 0 : random() % 120'000 >> random() % 12);
        // Queries end, are aborted or time out: for the limiter all that is the permit's end.
        while (!running.empty() && random() % 3 == 0)
            running.erase(running.begin() + static_cast<std::ptrdiff_t>(random() % running.size()));
        const access::QueryWeight weight{.counted = random() % 5 != 0, .takes_slot = random() % 7 != 0};
        const bool expected = model.admits(weight, now, static_cast<std::uint32_t>(running.size()));
        auto permit = limiter.admit(kProject, limits, weight, now);
        REQUIRE(permit.has_value() == expected);
        if (permit && *permit) running.push_back(std::move(*permit));
        REQUIRE(limiter.usage(kProject, now).running == running.size());
        REQUIRE(limiter.usage(kProject, now).last_hour == model.count_since(now - 1h));
    }
    // No hour of the whole run, wherever it starts, holds more than the limit.
    const auto& admitted = model.admitted();
    for (std::size_t i = *limits.per_hour; i < admitted.size(); ++i)
        REQUIRE(admitted[i] - admitted[i - *limits.per_hour] >= 1h);
    running.clear();
    CHECK(limiter.usage(kProject, now).running == 0);
}

TEST_CASE("projects do not share their limits", "[rate]") {
    const catalogue::Switches switches;
    access::RateLimiter limiter(switches);
    const access::QueryLimits one{.per_hour = 1, .concurrent = {}, .per_second = {}};
    CHECK(limiter.admit(1, one, {}, time::TimePoint{}));
    CHECK_FALSE(limiter.admit(1, one, {}, time::TimePoint{}));
    CHECK(limiter.admit(2, one, {}, time::TimePoint{}));
}

TEST_CASE("a clock that is set back forgets what lies in its future", "[rate]") {
    const catalogue::Switches switches;
    access::RateLimiter limiter(switches);
    const access::QueryLimits one{.per_hour = 1, .concurrent = {}, .per_second = {}};
    CHECK(limiter.admit(kProject, one, {}, time::TimePoint{2h}));
    CHECK(limiter.admit(kProject, one, {}, time::TimePoint{1h}));
    CHECK_FALSE(limiter.admit(kProject, one, {}, time::TimePoint{1h}));
}

TEST_CASE("a permit may outlive its limiter", "[rate]") {
    const catalogue::Switches switches;
    access::RateLimiter::Permit permit;
    {
        access::RateLimiter limiter(switches);
        permit = *limiter.admit(kProject, {.per_hour = {}, .concurrent = 1, .per_second = {}}, {}, time::TimePoint{});
    }
    permit.reset();
}

TEST_CASE("the sixth query that runs at a time reads the recorded concurrency refusal", "[rate]") {
    const catalogue::Switches switches;
    access::RateLimiter limiter(switches);
    const access::QueryLimits limits{.per_hour = 60, .concurrent = 5, .per_second = {}};
    std::vector<access::RateLimiter::Permit> running;
    for (int i = 0; i < 5; ++i) running.push_back(*limiter.admit(kProject, limits, {}, time::TimePoint{}));
    const auto refused = limiter.admit(kProject, limits, {}, time::TimePoint{});
    REQUIRE_FALSE(refused);
    CHECK(
        http::to_response(refused.error(), "/").body ==
        R"({"error": "Query rate limit exceeded for project_id: 42. This request exceeded the concurrency limit (6/5 queries running concurrently)."})");
    CHECK(refused.error().headers ==
          std::vector<catalogue::Header>{
              {"RateLimit-Policy", R"("project";q=60;w=3600, "project-concurrency";q=5;qu="concurrent-requests")"},
              {"RateLimit", R"("project";r=55, "project-concurrency";r=0;t=10)"},
              {"Retry-After", "10"}});
    running.pop_back();
    CHECK(limiter.admit(kProject, limits, {}, time::TimePoint{}));
}
