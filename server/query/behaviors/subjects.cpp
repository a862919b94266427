#include "server/query/behaviors/subjects.hpp"

#include <algorithm>
#include <utility>

#include "expr/program.hpp"

namespace engage::server {

Subjects Subjects::users(std::shared_ptr<const fixtures::EventSet> events, const fixtures::ProfileSet& profiles) {
    Subjects subjects(std::move(events));
    subjects.find_rows(subjects.events_->actor_count(), profiles);
    return subjects;
}

Subjects Subjects::groups(std::shared_ptr<const fixtures::EventSet> events, const fixtures::EventColumns& columns,
                          const std::string& key, const fixtures::ProfileSet& profiles) {
    Subjects subjects(std::move(events));
    subjects.is_grouped_ = true;
    const auto count = static_cast<fixtures::EventIndex>(subjects.events_->size());
    subjects.begins_.assign(count + 1, 0);
    if (const auto column = columns.column({expr::Scope::kEvent, key})) {
        // The values of the key repeat: each is taken apart once.
        std::vector<std::optional<std::vector<SubjectIndex>>> by_slot(column->slots());
        expr::Arena arena;
        for (fixtures::EventIndex event = 0; event < count; ++event) {
            const auto slot = column->slot_of(event);
            auto& named = by_slot[slot];
            arena.reset();
            if (!named) named = subjects.groups_in(column->slot_value(slot, arena));
            subjects.of_events_.insert(subjects.of_events_.end(), named->begin(), named->end());
            subjects.begins_[event + 1] = static_cast<std::uint32_t>(subjects.of_events_.size());
        }
    }
    subjects.find_rows(subjects.ids_.size(), profiles);
    return subjects;
}

std::string_view Subjects::id(SubjectIndex subject) const {
    return is_grouped_ ? ids_[subject] : events_->actor_id(subject);
}

std::optional<SubjectIndex> Subjects::find(std::string_view id) const {
    if (!is_grouped_) return events_->find_actor(id);
    const auto found = numbers_.find(std::string(id));
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

SubjectIndex Subjects::group(std::string_view id) {
    const auto [entry, is_new] = numbers_.try_emplace(std::string(id), static_cast<SubjectIndex>(ids_.size()));
    if (is_new) ids_.push_back(entry->first);
    return entry->second;
}

std::vector<SubjectIndex> Subjects::groups_in(const expr::View& value) {
    if (value.is(expr::Type::kString)) return {group(value.as_string())};
    if (value.is(expr::Type::kNumber)) return {group(expr::to_json(value, {}))};
    std::vector<SubjectIndex> groups;
    if (!value.is(expr::Type::kList)) return groups;
    for (const auto& item : value.as_list())
        for (const auto one : item.is(expr::Type::kList) ? std::vector<SubjectIndex>() : groups_in(item))
            if (std::find(groups.begin(), groups.end(), one) == groups.end()) groups.push_back(one);
    return groups;
}

void Subjects::find_rows(std::size_t count, const fixtures::ProfileSet& profiles) {
    rows_.reserve(count);
    for (SubjectIndex subject = 0; subject < count; ++subject) {
        const auto row = profiles.find(id(subject));
        rows_.push_back(row.value_or(kNoRow));
        if (!row) without_profile_.push_back(subject);
    }
}

}  // namespace engage::server
