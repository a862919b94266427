#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/catalogue/switches.hpp"
#include "server/space/match_cache.hpp"
#include "server/space/projection.hpp"
#include "server/space/snapshot.hpp"
#include "server/time/clock.hpp"

namespace engage::server::space {

/// The snapshot of one query's result: every page of it is cut from the same profiles and matches. Immutable.
struct Session {
    std::string id;
    SnapshotPtr snapshot;                                            ///< That it was opened on. Never null.
    std::string fingerprint;                                         ///< Of the query: see QueryKey::fingerprint.
    std::shared_ptr<const fixtures::profiles::ProfileSet> profiles;  ///< Of the snapshot: users or a group.
    MatchesPtr matches;  ///< Shared by the sessions of one query. Never null.
    Projection projection;
    std::uint32_t page_size = 0;
    bool reads_clock = false;  ///< The matches depend on the time of page 0.

    /// Without the matches.
    std::size_t bytes() const { return sizeof(Session) + id.capacity() + fingerprint.capacity() + projection.bytes(); }
};

using SessionPtr = std::shared_ptr<const Session>;

/// Keeps sessions until they expire or room is needed; the least recently used goes first. Thread-safe.
class SessionStore {
public:
    struct Bounds {
        std::size_t sessions = 10'000;
        std::size_t bytes = 256 * 1024 * 1024;
    };

    explicit SessionStore(const catalogue::Switches& switches) : SessionStore(switches, Bounds{}) {}
    SessionStore(const catalogue::Switches& switches, Bounds bounds) : switches_(switches), bounds_(bounds) {}

    /// Keeps the session. Matches that several sessions share count once. One that alone is larger than the bounds is
    /// kept until the next one comes.
    void keep(SessionPtr session, time::TimePoint now);
    /// Null when the id is unknown or its time is over. A session lives for `session.ttl` and no longer: at exactly
    /// that age it is gone.
    SessionPtr find(std::string_view id, time::TimePoint now);
    void reset();
    std::size_t size() const;

private:
    struct Entry {
        SessionPtr session;
        time::TimePoint lives_from;
    };
    using Entries = std::list<Entry>;  ///< Most recently used first.

    /// What the session adds to those that are kept.
    std::size_t bytes_with(const Session& session) const;
    bool is_expired(const Entry& entry, time::TimePoint now) const;
    void drop(Entries::iterator entry);

    const catalogue::Switches& switches_;
    const Bounds bounds_;
    mutable std::mutex mutex_;
    Entries entries_;
    std::unordered_map<std::string_view, Entries::iterator> by_id_;
    std::unordered_map<const Matches*, std::size_t> sharers_;  ///< How many kept sessions have the matches.
    std::size_t bytes_ = 0;
};

/// `<unix ms>-<32 hex>`: the form of every recorded session id.
std::string make_session_id(time::TimePoint start, std::string_view hex);

}  // namespace engage::server::space
