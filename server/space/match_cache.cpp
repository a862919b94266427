#include "server/space/match_cache.hpp"

#include <utility>

namespace engage::server::space {

MatchesPtr MatchCache::find(std::string_view query) {
    const std::scoped_lock lock(mutex_);
    const auto found = by_query_.find(query);
    const bool is_known = found != by_query_.end();
    ++(is_known ? counts_.found : counts_.missed);
    if (!is_known) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->matches;
}

void MatchCache::keep(std::string query, MatchesPtr matches) {
    const auto bytes = matches->bytes() + query.size() + sizeof(Entry);
    if (bytes > most_bytes_) return;
    const std::scoped_lock lock(mutex_);
    if (const auto same = by_query_.find(query); same != by_query_.end()) drop(same->second);
    while (bytes_ + bytes > most_bytes_) drop(std::prev(entries_.end()));
    entries_.push_front({std::move(query), std::move(matches), bytes});
    by_query_.emplace(entries_.front().query, entries_.begin());
    bytes_ += bytes;
    ++counts_.kept;
}

void MatchCache::reset() {
    const std::scoped_lock lock(mutex_);
    by_query_.clear();
    entries_.clear();
    bytes_ = 0;
}

MatchCache::Counts MatchCache::counts() const {
    const std::scoped_lock lock(mutex_);
    return counts_;
}

void MatchCache::drop(Entries::iterator entry) {
    bytes_ -= entry->bytes;
    by_query_.erase(entry->query);
    entries_.erase(entry);
}

}  // namespace engage::server::space
