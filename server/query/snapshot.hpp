#pragma once

#include <map>
#include <memory>

#include "fixtures/column_store.hpp"
#include "fixtures/project.hpp"
#include "server/query/behaviors/event_store.hpp"
#include "server/query/cohorts.hpp"

namespace engage::server {

/// One project as it is served. Immutable, but for what queries build of it and keep.
struct ServedProject {
    ServedProject(std::shared_ptr<const fixtures::Project> served, ReadyCohorts ready);

    std::shared_ptr<const fixtures::Project> project;
    ReadyCohorts cohorts;
    /// Of the users and of each group.
    std::map<const fixtures::ProfileSet*, std::shared_ptr<const fixtures::ColumnStore>> columns;
    std::shared_ptr<const EventStore> events;
};

}  // namespace engage::server
