#include "server/space/sessions.hpp"
#include "server/catalogue/switches/sessions.hpp"

namespace engage::server::space {

bool SessionStore::is_expired(const Entry& entry, time::TimePoint now) const {
    return now - entry.lives_from >= std::chrono::seconds(switches_.number(catalogue::switches::kSessionTtl));
}

std::size_t SessionStore::bytes_with(const Session& session) const {
    return session.bytes() + (sharers_.contains(session.matches.get()) ? 0 : session.matches->bytes());
}

void SessionStore::drop(Entries::iterator entry) {
    const auto& session = *entry->session;
    const auto sharers = sharers_.find(session.matches.get());
    if (--sharers->second == 0) sharers_.erase(sharers);
    bytes_ -= bytes_with(session);
    by_id_.erase(session.id);
    entries_.erase(entry);
}

void SessionStore::keep(SessionPtr session, time::TimePoint now) {
    const std::scoped_lock lock(mutex_);
    while (!entries_.empty() && (is_expired(entries_.back(), now) || entries_.size() >= bounds_.sessions ||
                                 bytes_ + bytes_with(*session) > bounds_.bytes))
        drop(std::prev(entries_.end()));
    bytes_ += bytes_with(*session);
    ++sharers_[session->matches.get()];
    entries_.push_front({std::move(session), now});
    by_id_.emplace(entries_.front().session->id, entries_.begin());
}

SessionPtr SessionStore::find(std::string_view id, time::TimePoint now) {
    const std::scoped_lock lock(mutex_);
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return nullptr;
    const auto entry = found->second;
    if (is_expired(*entry, now)) {
        drop(entry);
        return nullptr;
    }
    if (switches_.choice(catalogue::switches::kSessionExpiry) == catalogue::switches::SessionExpiry::kSliding)
        entry->lives_from = now;
    entries_.splice(entries_.begin(), entries_, entry);
    return entry->session;
}

void SessionStore::reset() {
    const std::scoped_lock lock(mutex_);
    by_id_.clear();
    sharers_.clear();
    entries_.clear();
    bytes_ = 0;
}

std::size_t SessionStore::size() const {
    const std::scoped_lock lock(mutex_);
    return entries_.size();
}

std::string make_session_id(time::TimePoint start, std::string_view hex) {
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(start).time_since_epoch().count();
    return std::to_string(milliseconds) + "-" + std::string(hex);
}

}  // namespace engage::server::space
