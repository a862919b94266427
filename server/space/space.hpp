#pragma once

#include <memory>
#include <mutex>

#include "server/access/rate_limiter.hpp"
#include "server/catalogue/settings.hpp"
#include "server/space/ids.hpp"
#include "server/space/match_cache.hpp"
#include "server/space/projects.hpp"
#include "server/space/sessions.hpp"
#include "server/time/clock.hpp"

namespace engage::server::space {

/// Everything that one test may see: its projects, limits, sessions, cache, clock and ids. Nothing of the emulated
/// service lies outside of it. Thread-safe. The settings must outlive it.
class Space {
public:
    explicit Space(const catalogue::Settings& settings);
    Space(const Space&) = delete;
    Space& operator=(const Space&) = delete;

    /// What is served now; null before the first `publish`.
    ProjectsPtr projects() const;
    /// The version of a project that a request which comes now is answered from; null when it is not served.
    SnapshotPtr current(std::uint64_t project_id) const;

    /// Serves these projects and no others from here on.
    void publish(Snapshots snapshots);
    /// Serves another version of one project, or one more project. Requests and sessions that have an earlier version
    /// keep it.
    void publish(SnapshotPtr snapshot);

    /// Forgets sessions, kept matches and counted queries, and sets the clock back to its start.
    void reset();

    const catalogue::Settings& settings;
    time::Clock clock;
    IdSource ids;
    access::RateLimiter limiter;
    SessionStore sessions;
    MatchCache cache;

private:
    ProjectsPtr made_of(Snapshots snapshots) const;

    mutable std::mutex mutex_;  ///< Of the pointer, not of what it points to.
    std::mutex publishing_;     ///< One after the other.
    ProjectsPtr projects_;
};

}  // namespace engage::server::space
