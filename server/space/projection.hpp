#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fixtures/profiles/profile_set.hpp"

namespace engage::server::space {

/// Which properties a row shows. Resolved once per query.
class Projection {
public:
    /// Whole rows.
    Projection() = default;
    /// Only the named properties; names that no profile has are ignored.
    Projection(const fixtures::profiles::ProfileSet& profiles, const std::vector<std::string>& names);

    bool is_whole() const { return whole_; }
    bool shows(fixtures::profiles::NameId name) const { return shown_[name]; }
    std::size_t bytes() const { return shown_.capacity() / 8; }

private:
    bool whole_ = true;
    std::vector<bool> shown_;
};

}  // namespace engage::server::space
