#pragma once

#include <map>
#include <memory>

#include "fixtures/profiles/column_store.hpp"
#include "fixtures/project/project.hpp"
#include "server/definitions/cohorts.hpp"
#include "server/space/event_store.hpp"

namespace engage::server::space {

/// One project as it is served. Immutable, but for what queries build of it and keep.
struct ServedProject {
    ServedProject(std::shared_ptr<const fixtures::project::Project> served, definitions::ReadyCohorts ready);

    std::shared_ptr<const fixtures::project::Project> project;
    definitions::ReadyCohorts cohorts;
    /// Of the users and of each group.
    std::map<const fixtures::profiles::ProfileSet*, std::shared_ptr<const fixtures::profiles::ColumnStore>> columns;
    std::shared_ptr<const EventStore> events;
};

}  // namespace engage::server::space
