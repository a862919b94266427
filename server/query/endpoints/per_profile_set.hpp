#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "fixtures/profiles/profile_set.hpp"

namespace engage::server::query::endpoints {

/// What is computed from a whole set of profiles: at the first request for it, kept as long as the set lives.
/// Thread-safe.
template <class Value>
class PerProfileSet {
public:
    using ValuePtr = std::shared_ptr<const Value>;

    /// `compute` makes the value of `*profiles`; others wait while it runs.
    template <class Compute>
    ValuePtr of(const std::shared_ptr<const fixtures::profiles::ProfileSet>& profiles, Compute compute) {
        const std::scoped_lock lock(mutex_);
        auto& value = values_[profiles];
        if (!value) {
            std::erase_if(values_, [](const auto& entry) { return entry.first.expired(); });
            value = std::make_shared<const Value>(compute(*profiles));
        }
        return value;
    }

private:
    std::mutex mutex_;
    std::map<std::weak_ptr<const fixtures::profiles::ProfileSet>, ValuePtr, std::owner_less<>> values_;
};

}  // namespace engage::server::query::endpoints
