#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "expr/values/late.hpp"
#include "fixtures/events/event_columns.hpp"
#include "fixtures/profiles/column_store.hpp"
#include "fixtures/project/project.hpp"
#include "server/space/subjects.hpp"

namespace engage::server::space {

/// The events of a project as queries read them. What a query needs is built when it first asks for it, and kept.
/// Thread-safe.
class EventStore {
public:
    /// `users` are the columns of the project's users.
    EventStore(std::shared_ptr<const fixtures::project::Project> project,
               std::shared_ptr<const fixtures::profiles::ColumnStore> users);

    const fixtures::project::Project& project() const { return *project_; }
    const fixtures::events::EventSet& events() const { return *project_->events; }
    const fixtures::events::EventColumns& columns() const { return *columns_; }
    const fixtures::profiles::ColumnStore& users() const { return *users_; }
    /// Whom events count for in a query for these profiles of the project.
    const Subjects& subjects(const fixtures::profiles::ProfileSet& profiles) const;

private:
    struct Entry {
        std::once_flag is_built;
        std::string key;  ///< The group key; empty for users.
        std::optional<Subjects> subjects;
    };

    std::shared_ptr<const fixtures::project::Project> project_;
    std::shared_ptr<const fixtures::profiles::ColumnStore> users_;
    expr::values::Late<fixtures::events::EventColumns> columns_;
    mutable std::map<const fixtures::profiles::ProfileSet*, Entry> subjects_;
};

}  // namespace engage::server::space
