#pragma once

#include <chrono>
#include <mutex>
#include <optional>

namespace engage::server::time {

using TimePoint = std::chrono::sys_time<std::chrono::microseconds>;
using Duration = std::chrono::microseconds;

/// The one clock of the program: quota windows, session expiry, `NOW`, `computed_at` and `session_id` read it. It runs
/// with the wall clock (plus an offset once it was set or advanced) or stands still. Thread-safe.
class Clock {
public:
    /// Frozen at `start` when given, otherwise the wall clock.
    explicit Clock(std::optional<TimePoint> start = std::nullopt);

    TimePoint now() const;
    bool is_frozen() const;

    /// Whether the clock may show this time: the years 1970 to 9999, which every form of a time can be written in.
    static bool can_show(TimePoint time);

    /// Stands still at `at`, or at the present time. Here and below a time must be one that the clock can show.
    void freeze(std::optional<TimePoint> at = std::nullopt);
    /// Moves by `step`, which may be negative; frozen or running as before. False, and nothing happens, when the clock
    /// cannot show the time that it would move to.
    [[nodiscard]] bool advance(Duration step);
    /// Moves to `at`; frozen or running as before.
    void set(TimePoint at);
    /// Runs on from where it stands.
    void resume();
    /// What freezing at start-up said: see `reset`.
    void set_start(std::optional<TimePoint> start);
    /// Back to the state of the start.
    void reset();

private:
    TimePoint now_locked() const;

    mutable std::mutex mutex_;
    std::optional<TimePoint> start_;
    std::optional<TimePoint> frozen_;
    Duration offset_{0};  ///< Beside the wall clock while running.
};

}  // namespace engage::server::time
