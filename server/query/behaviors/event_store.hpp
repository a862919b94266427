#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "fixtures/column_store.hpp"
#include "fixtures/event_columns.hpp"
#include "fixtures/project.hpp"
#include "server/query/behaviors/subjects.hpp"

namespace engage::server {

/// The events of a project as queries read them. What a query needs is built when it first asks for it, and kept.
/// Thread-safe.
class EventStore {
public:
    /// `users` are the columns of the project's users.
    EventStore(std::shared_ptr<const fixtures::Project> project, std::shared_ptr<const fixtures::ColumnStore> users);

    const fixtures::Project& project() const { return *project_; }
    const fixtures::EventSet& events() const { return *project_->events; }
    const fixtures::EventColumns& columns() const { return columns_; }
    const fixtures::ColumnStore& users() const { return *users_; }
    /// Whom events count for in a query for these profiles of the project.
    const Subjects& subjects(const fixtures::ProfileSet& profiles) const;

private:
    struct Entry {
        std::once_flag is_built;
        std::string key;  ///< The group key; empty for users.
        std::optional<Subjects> subjects;
    };

    std::shared_ptr<const fixtures::Project> project_;
    std::shared_ptr<const fixtures::ColumnStore> users_;
    fixtures::EventColumns columns_;
    mutable std::map<const fixtures::ProfileSet*, Entry> subjects_;
};

}  // namespace engage::server
