#pragma once

#include <cstdint>
#include <map>
#include <memory>

#include "fixtures/profiles/column_store.hpp"
#include "fixtures/project/project.hpp"
#include "server/definitions/cohorts.hpp"
#include "server/space/derived.hpp"
#include "server/space/event_store.hpp"

namespace engage::server::space {

/// One version of a project as it is served. Immutable, but for what queries derive of it and keep: that is
/// thread-safe. A request takes the current one once and uses nothing else; a session keeps the one that it was opened
/// on.
class Snapshot {
public:
    Snapshot(std::shared_ptr<const fixtures::project::Project> loaded, definitions::ReadyCohorts ready = {});
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

    const std::uint64_t version;  ///< No other snapshot of this process has it.
    const std::shared_ptr<const fixtures::project::Project> project;
    const definitions::ReadyCohorts cohorts;
    /// Of the users and of each group.
    std::map<const fixtures::profiles::ProfileSet*, std::shared_ptr<const fixtures::profiles::ColumnStore>> columns;
    std::shared_ptr<const EventStore> events;

    /// What has been computed from a set of profiles of the project.
    const Derived& derived(const fixtures::profiles::ProfileSet& profiles) const { return derived_.at(&profiles); }

private:
    std::map<const fixtures::profiles::ProfileSet*, Derived> derived_;
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

}  // namespace engage::server::space
