#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "expr/expected.hpp"
#include "server/catalogue/error.hpp"
#include "server/catalogue/switches.hpp"
#include "server/time/clock.hpp"

namespace engage::server::access {

/// Upper bounds for the queries of one project; an absent bound is no bound.
struct QueryLimits {
    std::optional<std::uint32_t> per_hour;
    std::optional<std::uint32_t> concurrent;
    std::optional<std::uint32_t> per_second;
};

/// How one request weighs on the limits of its project.
struct QueryWeight {
    bool counted = true;     ///< Against the hour and the second.
    bool takes_slot = true;  ///< Against the concurrent queries.
};

/// How much a project has used, for the control plane.
struct QueryUsage {
    std::uint32_t last_hour = 0;
    std::uint32_t running = 0;
};

/// Decides which queries run: at most so many in any rolling hour, at a time and in any rolling second, for each
/// project on its own. What is refused is not counted. Thread-safe. Basis: see `hourly-window`, `concurrency-limit` and
/// `per-second-limit` in the ledger.
class RateLimiter {
public:
    /// Gives its slot back when the last copy is gone, whatever happened to the query; holds nothing if the weight
    /// takes no slot.
    using Permit = std::shared_ptr<const void>;

    explicit RateLimiter(const catalogue::Switches& switches) : switches_(switches) {}

    /// The error is one of the three 429 rows, with its headers. An entry of the future (the clock was set back) is
    /// forgotten.
    Expected<Permit, catalogue::ApiError> admit(std::uint64_t project_id, const QueryLimits& limits, QueryWeight weight,
                                                time::TimePoint now);

    QueryUsage usage(std::uint64_t project_id, time::TimePoint now) const;
    /// Forgets the counted queries of all projects; running ones keep their slots.
    void reset();

private:
    struct Window {
        std::deque<time::TimePoint> admitted;  ///< Counted queries of the last hour, oldest first.
        std::shared_ptr<std::uint32_t> running = std::make_shared<std::uint32_t>(0);
    };
    struct State {
        std::mutex mutex;
        std::map<std::uint64_t, Window> windows;
    };

    catalogue::ApiError hourly_refusal(std::uint64_t project_id, const QueryLimits& limits, const Window& window,
                                       time::TimePoint now) const;

    const catalogue::Switches& switches_;
    std::shared_ptr<State> state_ = std::make_shared<State>();  ///< Shared with permits, which may outlive the limiter.
};

}  // namespace engage::server::access
