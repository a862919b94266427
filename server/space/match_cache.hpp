#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/space/matches.hpp"

namespace engage::server::space {

using MatchesPtr = std::shared_ptr<const Matches>;

/// What queries selected, so that the next session of the same query need not run it again. The least recently used
/// goes first when room is needed. Thread-safe.
class MatchCache {
public:
    explicit MatchCache(std::size_t most_bytes = 64 * 1024 * 1024) : most_bytes_(most_bytes) {}

    /// Null when the query was not run or is forgotten.
    MatchesPtr find(std::string_view query);
    /// `query` names everything that decides the matches. What alone exceeds the room is not kept.
    void keep(std::string query, MatchesPtr matches);
    void reset();

    /// What became of it so far.
    struct Counts {
        std::uint64_t found = 0;   ///< How often it was asked for what it had.
        std::uint64_t missed = 0;  ///< How often for what it had not.
        std::uint64_t kept = 0;    ///< How often something was put into it.
    };
    Counts counts() const;

private:
    struct Entry {
        std::string query;
        MatchesPtr matches;
        std::size_t bytes = 0;
    };
    using Entries = std::list<Entry>;  ///< Most recently used first.

    void drop(Entries::iterator entry);

    const std::size_t most_bytes_;
    mutable std::mutex mutex_;
    Entries entries_;
    std::unordered_map<std::string_view, Entries::iterator> by_query_;
    std::size_t bytes_ = 0;
    Counts counts_;
};

}  // namespace engage::server::space
