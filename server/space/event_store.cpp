#include "server/space/event_store.hpp"

#include <utility>

namespace engage::server::space {

EventStore::EventStore(std::shared_ptr<const fixtures::project::Project> project,
                       std::shared_ptr<const fixtures::profiles::ColumnStore> users)
    : project_(std::move(project)), users_(std::move(users)), columns_([events = project_->events] {
          return std::make_shared<const fixtures::events::EventColumns>(events.shared());
      }) {
    subjects_[project_->users.get()];
    for (const auto& group : project_->data_groups)
        if (const auto found = project_->groups.find(group.data_group_id); found != project_->groups.end())
            subjects_[found->second.get()].key = group.property_name;
}

const Subjects& EventStore::subjects(const fixtures::profiles::ProfileSet& profiles) const {
    auto& entry = subjects_.at(&profiles);
    std::call_once(entry.is_built, [&] {
        entry.subjects.emplace(entry.key.empty() ? Subjects::users(project_->events.shared(), profiles)
                                                 : Subjects::groups(project_->events.shared(), entry.key, profiles));
    });
    return *entry.subjects;
}

}  // namespace engage::server::space
