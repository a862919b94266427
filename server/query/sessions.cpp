#include "server/query/sessions.hpp"

namespace engage::server {

bool SessionStore::is_expired(const Entry& entry, TimePoint now) const {
    return now - entry.lives_from >= std::chrono::seconds(switches_.value(SwitchId::kSessionTtl));
}

void SessionStore::drop(Entries::iterator entry) {
    bytes_ -= entry->bytes;
    by_id_.erase(entry->session->id);
    entries_.erase(entry);
}

void SessionStore::keep(SessionPtr session, TimePoint now) {
    const auto bytes = session->bytes();
    const std::scoped_lock lock(mutex_);
    while (!entries_.empty() &&
           (is_expired(entries_.back(), now) || entries_.size() >= bounds_.sessions || bytes_ + bytes > bounds_.bytes))
        drop(std::prev(entries_.end()));
    entries_.push_front({std::move(session), now, bytes});
    by_id_.emplace(entries_.front().session->id, entries_.begin());
    bytes_ += bytes;
}

SessionPtr SessionStore::find(std::string_view id, TimePoint now) {
    const std::scoped_lock lock(mutex_);
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return nullptr;
    const auto entry = found->second;
    if (is_expired(*entry, now)) {
        drop(entry);
        return nullptr;
    }
    if (switches_.is(SwitchId::kSessionExpiry, "sliding")) entry->lives_from = now;
    entries_.splice(entries_.begin(), entries_, entry);
    return entry->session;
}

void SessionStore::reset() {
    const std::scoped_lock lock(mutex_);
    by_id_.clear();
    entries_.clear();
    bytes_ = 0;
}

std::size_t SessionStore::size() const {
    const std::scoped_lock lock(mutex_);
    return entries_.size();
}

std::string make_session_id(TimePoint start, std::string_view hex) {
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(start).time_since_epoch().count();
    return std::to_string(milliseconds) + "-" + std::string(hex);
}

}  // namespace engage::server
