#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <typeindex>

namespace engage::server::space {

/// What is computed from a whole set of profiles: at the first request for it, kept as long as the set is served. One
/// value of each type. Thread-safe.
class Derived {
public:
    /// `compute` makes the value; others who want any value of this set wait while it runs.
    template <class Value, class Compute>
    std::shared_ptr<const Value> of(Compute compute) const {
        const std::scoped_lock lock(mutex_);
        auto& value = values_[typeid(Value)];
        if (!value) value = std::make_shared<const Value>(compute());
        return std::static_pointer_cast<const Value>(value);
    }

private:
    mutable std::mutex mutex_;
    mutable std::map<std::type_index, std::shared_ptr<const void>> values_;
};

}  // namespace engage::server::space
